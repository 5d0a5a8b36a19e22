// K1: IT-provider groups offer use cases to all their members, by themselves or where a programme
// asks for it [ODD 7.24].
#include "model/common_solutions.h"

#include <algorithm>

#include "model/batch.h"
#include "model/quarter.h"
#include "random/name_hash.h"

namespace rathaus::model {
namespace {

/// CENTRAL, summed over the members of each group: [use_case][provider].
std::vector<double> central_gains(const World& world, const State& state) {
  std::vector<double> gains(state.offer_vendor.size(), 0.0);
  std::uint32_t central = 0;
  for (std::size_t k = 0; k < world.rules.programmes.size(); ++k)
    central |= std::uint32_t{world.rules.programmes[k].has(Port::central)} << k;
  if ((central & state.funding.open) == 0) return gains;
  for (std::uint32_t i = 0; i < world.units; ++i) {
    if ((state.funding.acting[i] & central) == 0) continue;
    for_each(state.available, [&](std::uint32_t u) {
      double gain = 0.0;
      for_each(state.funding.acting[i] & central, [&](std::uint32_t k) {
        if (world.admitted[k] >> u & 1u)
          gain += world.by_class(world.rules.programmes[k][Port::central], i);
      });
      gains[std::size_t{u} * world.providers + world.provider[i]] += gain;
    });
  }
  return gains;
}

void note_offer(const World& world, const State& state, std::uint32_t group,
                std::uint32_t use_case) {
  if (state.journal == nullptr || world.provider[state.journal->unit] != group) return;
  state.note(state.journal->unit,
             {.kind = EventKind::offered, .use_case = static_cast<std::uint8_t>(use_case)});
}

/// The active vendor that delivers the use case: the one with most services of the members, ties to
/// the lowest slot; where none runs the cheapest.
std::uint8_t vendor_of_group(const World& world, const State& state, std::size_t place,
                             const Supply& supply) {
  const std::uint32_t* const base = &state.group_base[place * world.vendors];
  std::uint32_t most = 0;
  std::uint8_t vendor = supply.vendors == 0 ? no_common : supply.cheapest;
  for_each(supply.vendors, [&](std::uint32_t v) {
    if (base[v] <= most) return;
    most = base[v];
    vendor = static_cast<std::uint8_t>(v);
  });
  return vendor;
}

}  // namespace

void make_offers(const World& world, const random::Key& key, State& state) {
  if (!world.may_offer) return;
  const std::vector<double> gains = central_gains(world, state);
  state.on_offer = 0;
  std::ranges::fill(state.offer_vendor, no_common);
  for (std::uint32_t g = 0; g < world.providers; ++g) {
    if (world.provider_size[g] < 2) continue;  // nobody to offer it to
    random::Draws draws(key, random::Process::common_solution,
                        random::name_hash(world.municipalities.provider_names[g]), state.quarter);
    for_each(state.available, [&](std::uint32_t u) {
      const std::size_t place = std::size_t{u} * world.providers + g;
      if ((state.offered[g] & only(u)) == 0) {
        const double hazard =
            rules::offer_hazard(world.rules.parameters.offer_rate, state.provider_share[place],
                                gains[place], world.provider_size[g]);
        if (hazard <= 0.0 || draws(u) >= hazard) return;
        state.offered[g] = static_cast<UseCaseSet>(state.offered[g] | only(u));
        note_offer(world, state, g, u);
      }
      state.offer_vendor[place] = vendor_of_group(world, state, place, state.market.of[u]);
      if (state.offer_vendor[place] != no_common)
        state.on_offer = static_cast<UseCaseSet>(state.on_offer | only(u));
    });
  }
}

void find_terms(const Batch& batch, std::uint8_t law, std::uint32_t use_case, double least,
                CommonTerms& terms) {
  const std::uint8_t* const vendor = &batch.state.vendor[batch.row(use_case)];
  terms.scale.fill(0.0);
  terms.least.fill(0.0);
  for_each_lane(batch.present, [&](std::uint32_t l) {
    const Terms of_cell = terms_of(batch.world, batch.state, law, use_case, batch.first + l,
                                   vendor[l], least, batch.sharers[l]);
    terms.scale[l] = of_cell.scale;
    terms.least[l] = of_cell.least;
  });
}

}  // namespace rathaus::model
