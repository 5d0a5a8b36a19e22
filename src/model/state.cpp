// The state before the first quarter [ODD section 5].
#include "model/state.h"

#include "lanes/elementary.h"
#include "model/parallel.h"
#include "model/quarter.h"
#include "rules/start.h"

namespace rathaus::model {
namespace {

using random::Process;

/// Trust and innovativeness, unless given.
void draw_traits(const World& world, const random::Key& key, State& state) {
  const Parameters& p = world.rules.parameters;
  const Coefficients& c = world.rules.coefficients;
  const Municipalities& given = world.municipalities;
  for (std::uint32_t i = 0; i < world.units; ++i) {
    const auto normal = [&](std::uint32_t sub) {
      return random::normal(key, Process::traits, given.entity[i], sub, 0);
    };
    state.trust_start[i] = given.trust.empty()
                               ? rules::start_trust(p.trust0_mean, p.trust0_sd, normal(2),
                                                    {c.trust0_lowest, c.trust0_highest})
                               : given.trust[i];
    state.innovativeness[i] = given.innovativeness.empty()
                                  ? rules::innovativeness(p.innov_sd, normal(4))
                                  : given.innovativeness[i];
  }
  state.trust = state.trust_start;
}

double fiscal_normal(const World& world, std::uint32_t unit) {
  if (world.municipalities.fiscal.empty()) return world.municipalities.fiscal_normal[unit];
  return rules::fiscal_normal(world.rules.parameters.margin_log_sd, world.fiscal[unit]);
}

void set_start_stocks(const World& world, const random::Key& key, State& state) {
  const Parameters& p = world.rules.parameters;
  const Coefficients& c = world.rules.coefficients;
  const rules::StartData data{p.data0_mean,
                              p.data0_slope,
                              p.data0_sd,
                              c.data0_fiscal_correlation,
                              c.data_reference_population,
                              {c.data0_lowest, c.data0_highest}};
  for (std::uint32_t i = 0; i < world.units; ++i) {
    const double normal =
        random::normal(key, Process::traits, world.municipalities.entity[i], 0, 0);
    state.data[i] = data.of(world.inhabitants[i], normal, fiscal_normal(world, i));
    state.staff[i] =
        rules::start_staff(p.hire_rate, p.turnover_rate, p.post_share, world.staff_total[i]);
    state.reserve[i] = cents(c.reserve_start_share * p.reserve_cap_q * p.margin_eur_pc_q *
                             world.inhabitants[i] * world.fiscal[i]);
  }
}

void start_funding(const World& world, Funding& funding) {
  const std::size_t programmes = world.rules.programmes.size();
  funding.pot.resize(programmes);
  for (auto* bits : {&funding.eligible, &funding.acting, &funding.informing, &funding.site})
    bits->assign(world.units, 0);
  funding.entitlement.resize(programmes);
  funding.reach.assign(programmes, std::vector<std::uint8_t>(world.units, 0));
  funding.first_award.assign(programmes, std::vector<std::int16_t>(world.units, -1));
  funding.support.assign(world.units, 0);
  funding.supported_by.assign(world.units, 0);
  funding.first_support.assign(world.units, -1);
}

}  // namespace

Ledgers::Ledgers(std::uint32_t units) {
  for (Column<Cents>* column : {&inflow, &saving_retained, &running_cost, &own_spending, &grants,
                                &switching_cost, &forfeited})
    column->assign(padded(units), 0);
}

State::State(const World& world, const random::Key& key)
    : units(world.units), use_cases(world.use_cases), spin_up(world.rules.spin_up) {
  const std::size_t lanes = padded(units), cells = world.use_cases * lanes;
  for (Column<double>* column : {&innovativeness, &trust_start, &staff, &data, &trust, &scale,
                                 &data_investment, &footprint_running})
    column->assign(lanes, 0.0);
  reserve.assign(lanes, 0);
  energy_saved.assign(lanes, 0);
  heat_saved.assign(lanes, 0);
  member.assign(lanes, 0);
  strategy.assign(lanes, 0);
  running.assign(lanes, 0);
  ever_short.assign(lanes, 0);
  short_so_far.assign(world.joint_classes.size(), {});
  ready.assign(lanes, 0);
  ledger = Ledgers(units);
  const Stage start = world.rules.structure.start_aware ? aware : none;
  StageSets all_at_start;
  all_at_start.in[start] = static_cast<UseCaseSet>((1u << use_cases) - 1);
  funnel.assign(units, all_at_start);
  services.assign(use_cases * stage_names.size(), 0);
  for (std::uint32_t u = 0; u < use_cases; ++u) services[u * stage_names.size() + start] = units;
  stage.assign(cells, none);  // beyond the last unit nothing is ever heard of
  for (std::uint32_t i = 0; i < units; ++i)
    for (std::uint32_t u = 0; u < use_cases; ++u) stage[cell(u, i)] = start;
  age.assign(cells, 0);
  cool.assign(cells, 0);
  vendor.assign(cells, no_vendor);
  lock_in.assign(cells, 0.0f);
  maturity.assign(cells, 0.0f);
  if (world.keeps_wishes) awaited.assign(cells, no_programme);
  if (world.allows_early_start) pilot_cost.assign(cells, 0);
  peers_running.assign(cells, 0);
  provider_running.assign(std::size_t{world.use_cases} * world.providers, 0);
  provider_share.assign(provider_running.size(), 0.0);
  all_running.assign(world.use_cases, 0);
  if (world.may_offer) {
    offered.assign(world.providers, 0);
    offer_vendor.assign(provider_running.size(), no_common);
    group_base.assign(provider_running.size() * world.vendors, 0);
  }
  regional_base.assign(world.regions, {});
  pool_inhabitants.assign(world.regions, 0);
  pool_members.assign(world.regions, 0);
  pool_changed.assign(world.regions, 0);
  pool_scale.assign(world.laws.size() * world.regions, 0.0);
  other_scales.assign(world.laws.size() - 1, Column<double>(lanes, 0.0));
  pool_overhead.assign(world.regions, 0.0);
  region_data_sum.assign(world.regions, 0);
  region_data.assign(world.regions, 0.0);
  adopters.assign(batch_count(units), 0);
  first_operation.assign(lanes, -1);
  spent.assign(units, 0);
  start_funding(world, funding);
  chunk.resize(chunk_count(units));
  draw_traits(world, key, *this);
  set_start_stocks(world, key, *this);
  for (std::uint32_t v = 0; v < world.vendors; ++v)
    vendors[v] = {true, 0.0, world.vendor[v].capacity, world.vendor[v].price,
                  elementary::log(world.vendor[v].price)};
  start_services(world, key, *this);
}

void Report::clear(const World& world) {
  totals.reset(world);
  moved.assign(world.use_cases * stage_names.size(), 0);
  changes.clear();
  orders.clear();
  transitions.clear();
  joiners.clear();
  planners.clear();
  turned.clear();
}

void Report::append(const Report& next) {
  totals += next.totals;
  for (std::size_t i = 0; i < moved.size(); ++i) moved[i] += next.moved[i];
  changes.insert(changes.end(), next.changes.begin(), next.changes.end());
  orders.insert(orders.end(), next.orders.begin(), next.orders.end());
  transitions.insert(transitions.end(), next.transitions.begin(), next.transitions.end());
  joiners.insert(joiners.end(), next.joiners.begin(), next.joiners.end());
  planners.insert(planners.end(), next.planners.begin(), next.planners.end());
}

}  // namespace rathaus::model
