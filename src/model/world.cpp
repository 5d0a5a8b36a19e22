#include "model/world.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <tuple>

#include "lanes/elementary.h"
#include "model/applications.h"
#include "rules/data.h"
#include "rules/decision.h"
#include "rules/scale.h"
#include "rules/start.h"
#include "rules/support.h"
#include "rules/trust.h"

namespace rathaus::model {
namespace {

/// f, unless given.
std::vector<double> fiscal_strength(const Municipalities& municipalities, double log_sd) {
  if (!municipalities.fiscal.empty()) return municipalities.fiscal;
  std::vector<double> fiscal(municipalities.size());
  std::ranges::transform(municipalities.fiscal_normal, fiscal.begin(),
                         [&](double z) { return rules::fiscal_strength(log_sd, z); });
  return fiscal;
}

/// Sorted by (f, id): the first ⌊I/3⌋ are weak, the last ⌊I/3⌋ strong.
std::vector<std::uint8_t> fiscal_classes(const std::vector<double>& fiscal) {
  std::vector<std::uint32_t> order(fiscal.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return fiscal[i]; });
  const std::size_t third = fiscal.size() / 3;
  std::vector<std::uint8_t> classes(fiscal.size(), static_cast<std::uint8_t>(FiscalClass::middle));
  for (std::size_t rank = 0; rank < third; ++rank) {
    classes[order[rank]] = static_cast<std::uint8_t>(FiscalClass::weak);
    classes[order[order.size() - 1 - rank]] = static_cast<std::uint8_t>(FiscalClass::strong);
  }
  return classes;
}

std::vector<std::uint32_t> member_counts(const std::vector<std::uint32_t>& group,
                                         std::size_t groups) {
  std::vector<std::uint32_t> count(groups, 0);
  for (const std::uint32_t g : group) ++count[g];
  return count;
}

/// Vendor table rows scaled from the national number of units to that of the run.
std::vector<Vendor> scaled_vendors(const Rules& rules, double national_units, std::size_t units) {
  std::vector<Vendor> rows = rules.vendors;
  if (!rules.structure.vendor_scale) return rows;
  for (Vendor& v : rows) {
    const auto scaled = [&](double national) {
      return rules::scaled_to(national, static_cast<double>(units), national_units);
    };
    if (v.capacity > 0.0) v.capacity = std::max(1.0, scaled(v.capacity));
    v.base_minimum = scaled(v.base_minimum);
    v.learning_projects = scaled(v.learning_projects);
  }
  return rows;
}

Column<std::uint32_t> filled_up(const std::vector<std::uint32_t>& values) {
  Column<std::uint32_t> column(values.begin(), values.end());
  column.resize(padded(static_cast<std::uint32_t>(values.size())));
  return column;
}

/// What a strategy weighs a use case by.
std::vector<double> sustainability_weights(const Rules& given, const std::vector<double>& benefit) {
  std::vector<double> saved;
  for (const UseCase& u : given.use_cases)
    saved.push_back(std::max(
        0.0, u.energy_kwh_per_inhabitant * u.energy_saving * (1.0 - u.direct_rebound) -
                 u.ai_energy_kwh_per_inhabitant * (1.0 + given.coefficients.embodied_share)));
  const double most_saved = *std::ranges::max_element(saved);
  const double most_benefit = *std::ranges::max_element(benefit);
  std::vector<double> weights;
  for (std::size_t u = 0; u < saved.size(); ++u)
    weights.push_back(rules::sustainability(saved[u], most_saved, given.use_cases[u].risk,
                                            benefit[u], most_benefit));
  return weights;
}

template <class T>
bool lists(const std::vector<T>& listed, const T& value) {
  return listed.empty() || std::ranges::find(listed, value) != listed.end();
}

bool is_admissible(const World& world, const Eligibility& asks, std::uint32_t unit) {
  const Municipalities& m = world.municipalities;
  return m.population[unit] >= asks.population_at_least.value_or(0) &&
         m.population[unit] < asks.population_below.value_or(INT64_MAX) &&
         world.fiscal[unit] < asks.fiscal_below.value_or(INFINITY) &&
         lists(asks.fiscal_class, static_cast<FiscalClass>(world.fiscal_class[unit])) &&
         lists(asks.land, m.land_names[m.land[unit]]) &&
         lists(asks.region, m.region_names[m.region[unit]]);
}

/// The law of an exponent, which becomes one of the world's.
std::uint8_t law_of(double exponent, std::vector<rathaus::rules::ScaleLaw>& laws) {
  const auto found = std::ranges::find(laws, exponent, &rathaus::rules::ScaleLaw::exponent);
  const auto law = static_cast<std::uint8_t>(found - laws.begin());
  if (found == laws.end()) laws.push_back({exponent, laws.front().overhead});
  return law;
}

}  // namespace

World::World(const Municipalities& given, Rules given_rules, std::uint32_t given_quarters,
             std::span<const std::string> more_groupings)
    : municipalities(given),
      rules(std::move(given_rules)),
      quarters(given_quarters),
      units(static_cast<std::uint32_t>(given.size())),
      use_cases(static_cast<std::uint32_t>(rules.use_cases.size())),
      vendors(static_cast<std::uint32_t>(rules.vendors.size())),
      regions(static_cast<std::uint32_t>(given.region_names.size())),
      providers(static_cast<std::uint32_t>(given.provider_names.size())),
      contract_quarters(static_cast<std::uint8_t>(rules.parameters.contract_quarters)),
      rollout_wait_quarters(static_cast<std::uint8_t>(rules.coefficients.rollout_wait_quarters)),
      contract_shares(static_cast<std::uint16_t>(65535 / contract_quarters + 1)),
      provider_size(member_counts(given.provider, providers)),
      region_size(member_counts(given.region, regions)) {
  assert(units > 0 && use_cases > 0 && use_cases <= max_use_cases);
  assert(vendors > 0 && vendors <= max_vendors);
  assert(rules.series.macro_factor.size() >= rules.spin_up + quarters);
  const Parameters& p = rules.parameters;
  const Coefficients& c = rules.coefficients;

  fiscal = fiscal_strength(given, p.margin_log_sd);
  fiscal_class = fiscal_classes(fiscal);
  for (Column<double>* column :
       {&inhabitants, &thousands, &relative_size, &margin, &reserve_cap, &staff_total})
    column->resize(padded(units));
  laws.push_back(scale_law(p));
  for (std::uint32_t u = 0; u < use_cases; ++u) {
    const UseCase& use = rules.use_cases[u];
    const auto own = [](double number, double general) {
      return std::isnan(number) ? general : number;
    };
    cost_law[u] = law_of(own(use.cost_scale_exp, p.effort_scale_exp), laws);
    effort_law[u] = law_of(own(use.effort_scale_exp, p.effort_scale_exp), laws);
    run_cost_share[u] = own(use.run_cost_share, p.run_cost_share);
    pilot_quarters[u] = static_cast<std::uint8_t>(own(use.pilot_quarters, p.pilot_quarters));
    if (use.turnkey) turnkey |= only(u);
  }
  scale_alone.resize(laws.size() * units);
  data_margin.resize(units);
  entity = filled_up(given.entity);
  region = filled_up(given.region);
  provider = filled_up(given.provider);
  for (std::uint32_t i = 0; i < units; ++i) {
    inhabitants[i] = given.population[i];
    thousands[i] = inhabitants[i] / 1000.0;
    relative_size[i] = inhabitants[i] / c.reference_population;
    for (std::size_t law = 0; law < laws.size(); ++law)
      scale_alone[law * units + i] = laws[law].alone(relative_size[i]);
    margin[i] = p.margin_eur_pc_q * inhabitants[i] * fiscal[i];
    data_margin[i] = p.data_budget_share * p.margin_eur_pc_q * inhabitants[i] * fiscal[i];
    reserve_cap[i] = p.reserve_cap_q * p.margin_eur_pc_q * inhabitants[i] * fiscal[i];
    staff_total[i] = c.staff_per_1000 * inhabitants[i] / 1000.0;
  }

  region_first.assign(regions + 1, 0);
  std::partial_sum(region_size.begin(), region_size.end(), region_first.begin() + 1);
  region_unit.resize(units);
  std::iota(region_unit.begin(), region_unit.end(), 0u);
  std::ranges::stable_sort(region_unit, {}, [&](std::uint32_t i) { return given.region[i]; });

  const Network& network = given.network;
  neighbours.resize(padded(units));
  watcher_first.assign(units + 1, 0);
  nearby_first.assign(1, 0);
  nearby_to.assign(units, 0);
  for (std::uint32_t i = 0; i < units; ++i) {
    neighbours[i] = static_cast<std::uint8_t>(network.first[i + 1] - network.first[i]);
    for (std::uint32_t e = network.first[i]; e < network.first[i + 1]; ++e) {
      ++watcher_first[network.target[e] + 1];
      if (network.layer[e] != 0) continue;
      nearby.push_back(network.target[e]);
      ++nearby_to[network.target[e]];
    }
    nearby_first.push_back(static_cast<std::uint32_t>(nearby.size()));
  }
  std::partial_sum(watcher_first.begin(), watcher_first.end(), watcher_first.begin());
  watcher.resize(network.target.size());
  std::vector<std::uint32_t> next(watcher_first.begin(), watcher_first.end() - 1);
  for (const bool geographic : {true, false})
    for (std::uint32_t i = 0; i < units; ++i)
      for (std::uint32_t e = network.first[i]; e < network.first[i + 1]; ++e)
        if ((network.layer[e] == 0) == geographic) watcher[next[network.target[e]]++] = i;

  groupings.push_back(make_grouping("size_class", given, fiscal_class));
  for (const std::string& name : more_groupings)
    groupings.push_back(make_grouping(name, given, fiscal_class));

  std::tie(joint_classes, joint_class) = joined(groupings, units);
  share_first.push_back(0);
  for (std::uint32_t batch = 0; batch < batch_count(units); ++batch) {
    append_shares(joint_class, batch, share);
    share_first.push_back(static_cast<std::uint32_t>(share.size()));
  }

  vendor = scaled_vendors(rules, given.national_units, units);
  for (std::uint32_t v = 0; v < vendors; ++v) {
    vendor_traits.fit_large[v] = vendor[v].fit_large;
    vendor_traits.fit_gain[v] = vendor[v].fit_small - vendor[v].fit_large;
    vendor_traits.openness[v] = vendor[v].openness;
    vendor_traits.lock_gain[v] = p.lock_rate * (1.0 - vendor[v].openness);
  }

  threshold_mean = std::isnan(p.threshold_mean) ? p.u0 : p.threshold_mean;
  pilot_log_odds = elementary::log(p.pilot_success / (1.0 - p.pilot_success));
  for (std::uint32_t count = 0; count <= use_cases; ++count) {
    data_learnt[count] = rathaus::rules::data_learnt(p.data_learn, count, use_cases);
    trust_gained[count] = rathaus::rules::trust_gained(p.trust_gain, count, use_cases);
  }

  for (const UseCase& u : rules.use_cases)
    benefit.push_back(rathaus::rules::benefit_per_inhabitant(
        p.cashable_share * c.wage_eur, u.staff_per_1000, u.staff_saving, c.energy_price_eur,
        u.energy_kwh_per_inhabitant, u.energy_saving, u.other_benefit_eur));
  sustainability = sustainability_weights(rules, benefit);

  assert(rules.programmes.size() <= max_programmes);
  admissible.assign(units, 0);
  for (std::size_t k = 0; k < rules.programmes.size(); ++k) {
    const Eligibility& asks = rules.programmes[k].eligible;
    for (std::uint32_t i = 0; i < units; ++i)
      admissible[i] |= std::uint32_t{is_admissible(*this, asks, i)} << k;
    std::uint32_t mask = asks.use_cases.empty() ? UINT32_MAX : 0;
    for (const std::uint8_t u : asks.use_cases) mask |= 1u << u;
    admitted.push_back(mask);
    const auto needed =
        std::ranges::find(rules.programmes, rules.programmes[k].required, &Programme::name);
    assert(rules.programmes[k].required.empty() || needed != rules.programmes.end());
    required.push_back(rules.programmes[k].required.empty()
                           ? no_programme
                           : static_cast<std::uint8_t>(needed - rules.programmes.begin()));
    keeps_wishes |= info_of(rules.structure.waiting).keeps_wish &&
                    rules.programmes[k].window.announced > 0 && !rules.programmes[k].early_start;
    allows_early_start |= rules.programmes[k].early_start;
    may_offer |= rules.programmes[k].has(Port::central);
  }
  may_offer |= p.offer_rate > 0.0;
}

}  // namespace rathaus::model
