#include "study/pairing.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <span>
#include <stdexcept>

namespace rathaus::study {
namespace {

using model::Outcome;
using model::Snapshot;
using model::World;

/// One unit at one horizon, with and without the programmes.
struct Pair {
  bool funded;
  int scale, scale_baseline;  //!< services that run
  int first, first_baseline;  //!< quarter of the first operation
};

Stratum stratum_of(const Pair& unit) {
  using enum Stratum;
  const bool adopted = unit.scale > 0;
  const bool anyway = unit.scale_baseline > 0;
  if (adopted && !anyway) return unit.funded ? induced : spillover;
  if (!adopted && anyway) return unit.funded ? displaced : displaced_unfunded;
  if (!adopted) return unit.funded ? failed : unchanged;
  if (unit.first < unit.first_baseline) return unit.funded ? accelerated : earlier;
  if (unit.first > unit.first_baseline) return unit.funded ? delayed : later;
  if (!unit.funded) return unchanged;
  if (unit.scale == unit.scale_baseline) return windfall;
  return unit.scale > unit.scale_baseline ? enlarged : reduced;
}

/// CI = 2·cov(g, r)/ḡ with support per head g and rank r of fiscal strength in (0, 1), both
/// weighted by inhabitants (Kakwani, Wagstaff and van Doorslaer 1997).
double concentration_index(const World& world, const std::vector<model::Cents>& support) {
  std::vector<std::uint32_t> order(world.units);
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return world.fiscal[i]; });
  const double inhabitants =
      std::accumulate(world.inhabitants.begin(), world.inhabitants.end(), 0.0);
  double below = 0.0, all = 0.0, ranked = 0.0;
  for (const std::uint32_t i : order) {
    const double rank = (below + world.inhabitants[i] / 2.0) / inhabitants;
    below += world.inhabitants[i];
    all += static_cast<double>(support[i]);
    ranked += static_cast<double>(support[i]) * rank;
  }
  // Σ w g = Σ support; the mean of r is ½
  return all > 0.0 ? 2.0 * ranked / all - 1.0 : std::numeric_limits<double>::quiet_NaN();
}

/// Net adoption must be what the strata say: induced + spillover − displaced.
void check_identity(const Snapshot& run, const Snapshot& baseline, const std::int32_t* count) {
  std::int64_t gain = 0;
  for (std::size_t i = 0; i < run.running.size(); ++i)
    gain += (run.running[i] > 0) - (baseline.running[i] > 0);
  const auto units = [&](Stratum stratum) {
    const std::int32_t* classes = count + static_cast<std::size_t>(stratum) * model::reach_classes;
    return std::accumulate(classes, classes + model::size_class_names.size(), std::int64_t{0});
  };
  if (gain != units(Stratum::induced) + units(Stratum::spillover) - units(Stratum::displaced) -
                  units(Stratum::displaced_unfunded))
    throw std::logic_error("the strata do not add up to the change in adoption");
}

void add_quarters(const World& world, const Outcome& run, const Outcome& baseline,
                  std::uint32_t quarters, std::size_t h, Pairing& pairing) {
  const std::uint32_t batches = model::batch_count(world.units);
  const auto adopters = [&](const Outcome& outcome, std::uint32_t t) {
    return std::span(outcome.adopters).subspan(std::size_t{t} * batches, batches);
  };
  for (std::uint32_t t = 0; t < quarters; ++t)
    for (std::uint32_t batch = 0; batch < batches; ++batch) {
      const model::Lanes here = adopters(run, t)[batch], there = adopters(baseline, t)[batch];
      pairing.quarters_gained[h] += std::popcount(here & ~there);
      pairing.quarters_lost[h] += std::popcount(there & ~here);
    }
  for (std::uint32_t i = 0; i < world.units; ++i) {
    if (run.first_support[i] < 0) continue;
    const auto judged = static_cast<std::uint32_t>(run.first_support[i]) + judged_after;
    if (judged < quarters && model::contains(adopters(run, judged), i)) {
      ++pairing.adopted_after_payment[h];
      pairing.adopted_after_payment_baseline[h] += model::contains(adopters(baseline, judged), i);
    }
    for (auto t = static_cast<std::uint32_t>(run.first_support[i]); t < quarters; ++t) {
      pairing.funded_quarters[h] += model::contains(adopters(run, t), i);
      pairing.funded_quarters_baseline[h] += model::contains(adopters(baseline, t), i);
    }
  }
}

}  // namespace

Pairing pair_with_baseline(const World& world, const Outcome& run, const Outcome& baseline) {
  constexpr std::size_t strata = stratum_names.size();
  constexpr std::size_t classes = model::reach_classes;
  const std::vector<std::uint32_t> horizons =
      model::horizons(world.quarters, world.rules.support_start);
  const std::size_t programmes = world.rules.programmes.size();
  Pairing pairing;
  pairing.count.assign(horizons.size() * strata * classes, 0);
  pairing.amount.assign(pairing.count.size(), 0);
  pairing.by_programme.assign(horizons.size() * programmes * strata, 0);
  for (auto* quarters :
       {&pairing.funded_quarters, &pairing.funded_quarters_baseline, &pairing.accelerated_quarters,
        &pairing.adopted_after_payment, &pairing.adopted_after_payment_baseline,
        &pairing.quarters_gained, &pairing.quarters_lost})
    quarters->assign(horizons.size(), 0);

  for (std::size_t h = 0; h < horizons.size(); ++h) {
    const Snapshot& here = run.snapshots[h];
    const Snapshot& there = baseline.snapshots[h];
    std::int32_t* count = &pairing.count[h * strata * classes];
    model::Cents* amount = &pairing.amount[h * strata * classes];
    for (std::uint32_t i = 0; i < world.units; ++i) {
      const Stratum stratum = stratum_of({here.support[i] > 0, here.running[i], there.running[i],
                                          run.first_operation[i], baseline.first_operation[i]});
      if (stratum == Stratum::accelerated)
        pairing.accelerated_quarters[h] += baseline.first_operation[i] - run.first_operation[i];
      const std::size_t s = static_cast<std::size_t>(stratum);
      for (const std::size_t c :
           {world.class_of(model::ClassKind::size, i),
            model::size_class_names.size() + world.class_of(model::ClassKind::fiscal, i)}) {
        ++count[s * classes + c];
        amount[s * classes + c] += here.support[i];
      }
      for (std::size_t k = 0; k < programmes; ++k)
        pairing.by_programme[(h * programmes + k) * strata + s] += here.supported_by[i] >> k & 1u;
    }
    check_identity(here, there, count);
    add_quarters(world, run, baseline, horizons[h], h, pairing);
    pairing.concentration_index.push_back(concentration_index(world, here.support));
  }
  return pairing;
}

}  // namespace rathaus::study
