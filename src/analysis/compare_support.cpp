// Sections of the decision table about support: what would have happened anyway and who is reached.
// Formulas and sources: docs/metrics.md.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "analysis/comparison.h"
#include "analysis/strata.h"

namespace rathaus::analysis {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

double ratio(double numerator, double denominator) {
  return denominator == 0.0 ? missing : numerator / denominator;
}

/// Sums over the replicates of a scenario, for ratios of sums.
template <class Value>
double sum_over(const std::vector<std::size_t>& runs, Value value) {
  double all = 0.0;
  for (const std::size_t run : runs) all += value(run);
  return all;
}

/// A line of plain numbers without intervals, one per scenario.
template <class Value>
void add_plain(Collector& c, const std::string& section, const std::string& metric,
               const std::string& unit, const std::string& detail, Value value) {
  for (std::size_t h = 0; h < c.comparison.horizons.size(); ++h) {
    if (!c.comparison.horizons[h].strata) continue;
    Line line{section, metric, unit, detail, h, 0, {}};
    for (std::size_t s = 0; s < c.comparison.scenarios.size(); ++s)
      line.cells.push_back(
          {plain_estimate(value(s, *c.comparison.horizons[h].strata)), std::nullopt, ""});
    c.add_line(std::move(line));
  }
}

}  // namespace

void add_strata(Collector& c) {
  if (!c.data.has("stratum")) return;
  const std::string section = "what would have happened anyway (under shared chance events)";
  const auto names = c.data.root().variable("stratum").along({"stratum"}).read<std::string>();
  const auto index = [&](const char* name) { return stratum_index(c.data.root(), name); };
  const auto horizon_of = [&c](std::size_t quarter) -> std::optional<std::size_t> {
    for (const Horizon& horizon : c.comparison.horizons)
      if (horizon.quarter == quarter) return horizon.strata;
    return std::nullopt;
  };
  const Strata count(c.data, "count"), amount(c.data, "amount");
  for (std::size_t s = 0; s < names.size(); ++s)
    c.add_level(section, names[s], "1", [&, s](std::size_t run, std::size_t q) {
      const auto h = horizon_of(q);
      return h ? count.at(run, *h, s) : missing;
    });
  c.add_level(section, "net change = induced + spillover - displaced, funded or not", "1",
              [&](std::size_t run, std::size_t q) {
                const auto h = horizon_of(q);
                if (!h) return missing;
                return count.at(run, *h, index("induced")) + count.at(run, *h, index("spillover")) -
                       count.at(run, *h, index("displaced")) -
                       count.at(run, *h, index("displaced_unfunded"));
              });

  const std::vector<std::size_t> anyway = anyway_indices(c.data.root());
  const auto runs_of = [&](std::size_t s) { return c.rows(s); };
  add_plain(c, section, "deadweight by count", "%", "", [&](std::size_t s, std::size_t h) {
    const double both =
        sum_over(runs_of(s), [&](std::size_t run) { return count.sum(run, h, anyway); });
    const double induced =
        sum_over(runs_of(s), [&](std::size_t run) { return count.at(run, h, index("induced")); });
    return 100.0 * ratio(both, both + induced);
  });
  add_plain(c, section, "deadweight by money", "%", "", [&](std::size_t s, std::size_t h) {
    double to_adopters = 0.0, all = 0.0;
    for (const std::size_t run : runs_of(s))
      for (std::size_t k = 0; k < names.size(); ++k) {
        const double money = amount.at(run, h, k);
        all += money;
        if (std::ranges::find(anyway, k) != anyway.end() || k == index("displaced"))
          to_adopters += money;
      }
    return 100.0 * ratio(to_adopters, all);
  });
  const Strata funded(c.data, "funded_quarters"),
      funded_baseline(c.data, "funded_quarters_baseline"),
      accelerated(c.data, "accelerated_quarters"), gained(c.data, "quarters_gained"),
      lost(c.data, "quarters_lost"), concentration(c.data, "concentration_index");
  add_plain(c, section, "deadweight by time", "%", "", [&](std::size_t s, std::size_t h) {
    const auto total = [&](const Strata& of) {
      return sum_over(runs_of(s), [&](std::size_t run) { return of.at(run, h); });
    };
    return 100.0 * ratio(total(funded_baseline), total(funded));
  });
  if (c.data.has("strata/adopted_after_payment")) {  // not before format 1.2
    const Strata after(c.data, "adopted_after_payment"),
        after_baseline(c.data, "adopted_after_payment_baseline");
    add_plain(c, section, "deadweight three years after the first payment", "%", "",
              [&](std::size_t s, std::size_t h) {
                const auto total = [&](const Strata& of) {
                  return sum_over(runs_of(s), [&](std::size_t run) { return of.at(run, h); });
                };
                return 100.0 * ratio(total(after_baseline), total(after));
              });
  }
  const auto by_horizon = [&](const char* metric, const char* unit, const Strata& of, double per) {
    c.add_level(section, metric, unit, [&, per](std::size_t run, std::size_t q) {
      const auto h = horizon_of(q);
      return h ? of.at(run, *h) / per : missing;
    });
  };
  by_horizon("years by which accelerated units are earlier, sum", "year", accelerated, 4.0);
  by_horizon("unit-years with AI gained", "year", gained, 4.0);
  by_horizon("unit-years with AI lost", "year", lost, 4.0);
  by_horizon("concentration of support over fiscal strength", "1", concentration, 1.0);
  // Fréchet bounds: what the marginals alone say about units that adopt with and without support
  const Table3& adopters = c.data.table("adopters");
  const double units = c.data.units();
  const auto share = [&](std::size_t run, std::size_t q) { return adopters.total(run, q) / units; };
  const Runs& index_of_runs = c.data.runs();
  c.add_level(
      section, "adopt with and without, least (Frechet)", "%", [&](std::size_t run, std::size_t q) {
        return 100.0 *
               std::max(0.0, share(run, q) + share(index_of_runs.baseline_of(run), q) - 1.0);
      });
  c.add_level(section, "adopt with and without, most (Frechet)", "%",
              [&](std::size_t run, std::size_t q) {
                return 100.0 * std::min(share(run, q), share(index_of_runs.baseline_of(run), q));
              });
}

void add_reach(Collector& c) {
  const std::vector<std::string>& programmes = c.data.programmes();
  if (programmes.empty()) return;
  constexpr std::array counts{"eligible", "aware",        "applied",
                              "awarded",  "awarded_own",  "rejected",
                              "waited",   "in_operation", "in_operation_after_5_years"};
  for (std::size_t k = 0; k < programmes.size(); ++k)
    for (const char* classes : {"size_class", "fiscal_class"}) {
      const std::string suffix = classes == std::string("size_class") ? "" : "_by_fiscal_class";
      const auto labels = c.data.root().variable(classes).read<std::string>();
      for (const char* name : counts) {
        const std::string variable = "programmes/" + std::string(name) + suffix;
        c.data.root().variable(variable).along({"run", "quarter", "programme", classes});
        const Table3& table = c.data.table(variable);
        const auto add = [&](std::size_t first, std::size_t last, const std::string& label) {
          c.add_level(
              "who is reached", name, "1",
              [&table, first, last](std::size_t run, std::size_t q) {
                double sum = 0.0;
                for (std::size_t x = first; x < last; ++x) sum += table.at(run, q, x);
                return sum;
              },
              programmes[k] + ", " + label);
        };
        const std::size_t begin = k * labels.size();
        if (suffix.empty()) add(begin, begin + labels.size(), "all");
        for (std::size_t x = 0; x < labels.size(); ++x) add(begin + x, begin + x + 1, labels[x]);
      }
    }
}

}  // namespace rathaus::analysis
