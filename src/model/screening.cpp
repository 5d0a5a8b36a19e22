#include "model/screening.h"

#include <algorithm>

#include "model/logistic.h"

namespace rathaus::model {
namespace {

/// The largest share of a pilot's cost that an open programme pays to a unit, whatever the cell.
double largest_share(const World& world, const Funding& funding, std::uint32_t unit) {
  double largest = 0.0;
  for (std::uint32_t rest = funding.eligible[unit] & funding.open; rest != 0; rest &= rest - 1) {
    const Programme& programme =
        world.rules.programmes[static_cast<std::size_t>(std::countr_zero(rest))];
    largest = std::max(largest, world.by_class(programme[Port::grant_pilot], unit));
  }
  return largest;
}

RATHAUS_LANES void find_outlook(const Batch& batch, Screening::Outlook& outlook) {
  const State& state = batch.state;
  const double u0 = batch.parameters().u0, beta_trust = batch.parameters().beta_trust;
  const double* const trust = &state.trust[batch.first];
  const double* const innovativeness = &state.innovativeness[batch.first];
  const std::uint8_t* const neighbours = &batch.world.neighbours[batch.first];
  PerLane<double> sharers;
  find_sharers(batch, sharers);
  const bool sees_all = batch.structure().peer_set == PeerSet::global;
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    outlook.disposition[l] = u0 + beta_trust * (trust[l] - 0.5) + innovativeness[l];
    outlook.compliance_left[l] = batch.support.risk_left[l] / sharers[l];
    outlook.nearby_weight[l] = sees_all || neighbours[l] == 0 ? 0.0 : 0.5 / neighbours[l];
    outlook.group_weight[l] = sees_all ? 0.0 : neighbours[l] == 0 ? 1.0 : 0.5;
  }
}

RATHAUS_LANES void weigh_launches(const Batch& batch, Screening::Launches& all) {
  const Parameters& p = batch.parameters();
  const double beta_value = p.beta_value, beta_peer = p.beta_peer, beta_risk = p.beta_risk;
  const double evidence_half = p.evidence_half, rate = p.decision_rate;
  fill_group(all.count, all.benefit, all.cost, all.peers, all.doubt_left, all.rest, all.draw);
  for (std::uint32_t first = 0; first < all.count; first += group_lanes) {
    const double* const benefit = &all.benefit[first];
    const double* const cost = &all.cost[first];
    const double* const peers = &all.peers[first];
    const double* const doubt_left = &all.doubt_left[first];
    const double* const rest = &all.rest[first];
    const double* const draw = &all.draw[first];
    double* const excess = &all.excess[first];
#pragma omp simd
    for (std::uint32_t l = 0; l < group_lanes; ++l) {
      // U = u0 + β_v x + β_s S − β_r[doubt + r(1−cert)(1−CERT)] + β_T(T−½) + ι,
      // doubt = (1 − S/(S+s_½))(1−EVID) [eqs. 27, 28]
      const double value = rough_log(benefit[l]) - rough_log(cost[l]);
      const double doubt = evidence_half / (peers[l] + evidence_half) * doubt_left[l];
      const double utility =
          rest[l] + beta_value * value + beta_peer * peers[l] - beta_risk * doubt;
      // draw < λ Λ(U) where U > ln(draw / (λ − draw)); where Λ is flat, this is for exact functions
      const double needed = rough_log(draw[l]) - rough_log(rate - draw[l]);
      excess[l] = utility < steep_log_odds ? utility - needed : 0.0;
    }
  }
  const double error = 2.0 * rough_log_error * (1.0 + beta_value);  // of four logarithms
  const Lanes alone = batch.state.funding.open == 0 ? ~Lanes{0} : 0;
  for (std::uint32_t b = 0; b * batch_units < all.count; ++b) {
    const double* const excess = &all.excess[b * batch_units];
    all.declined[b] = lanes_where([&](std::uint32_t l) { return excess[l] < -error; });
    all.wanted[b] = alone & lanes_where([&](std::uint32_t l) { return excess[l] > error; });
  }
}

}  // namespace

Screening::Screening(const Batch& batch) : batch_(batch) {
  outlook_.own_part.fill(1.0);
  if (const Funding& funding = batch.state.funding; funding.open != 0)
    for_each_lane(batch.present, [&](std::uint32_t l) {
      outlook_.own_part[l] = 1.0 - largest_share(batch.world, funding, batch.first + l) *
                                       batch.parameters().pilot_share;
    });
  find_outlook(batch, outlook_);
}

void Screening::collect(std::uint32_t use_case, Lanes lanes, const random::Row& draw) {
  const World& world = batch_.world;
  const State& state = batch_.state;
  const Parameters& p = batch_.parameters();
  const double benefit = world.benefit[use_case] * p.horizon_years;
  const double list_price = world.rules.use_cases[use_case].cost_eur * state.market.mean_price;
  const double running = p.horizon_years * p.run_cost_share;
  const double compliance = p.horizon_years * state.compliance_alone[use_case];
  const double risk = p.beta_risk * state.uncertified_risk[use_case];
  const double everybody = batch_.structure().peer_set == PeerSet::global
                               ? static_cast<double>(state.all_running[use_case]) / world.units
                               : 0.0;
  const std::uint8_t* const peers = &state.peers_running[batch_.row(use_case)];
  const double* const in_group = &state.provider_share[std::size_t{use_case} * world.providers];
  Launches& to = launches_;
  for_each_lane(lanes, [&](std::uint32_t l) {
    const std::uint32_t unit = batch_.first + l, k = to.count;
    to.lane[k] = static_cast<std::uint8_t>(l);
    to.use_case[k] = static_cast<std::uint8_t>(use_case);
    // x(s) = ln( G·A / ( C⁰ψP̄·((1 − s·α_P)·κ + A·o) + A·comp ) ) [eqs. 25, 26]
    const double adaptation = world.adaptation(use_case, state.data[unit]);
    to.benefit[k] = world.inhabitants[unit] * benefit;
    to.cost[k] = list_price * state.scale[unit] * (outlook_.own_part[l] * adaptation + running) +
                 compliance * outlook_.compliance_left[l];
    to.peers[k] = everybody + outlook_.nearby_weight[l] * peers[l] +
                  outlook_.group_weight[l] * in_group[world.provider[unit]];
    to.doubt_left[k] = batch_.support.doubt_left[l];
    to.rest[k] = outlook_.disposition[l] - risk * batch_.support.risk_left[l];
    to.draw[k] = random::to_uniform(draw[l]);
    ++to.count;
  });
}

void Screening::weigh() {
  if (launches_.count > 0) weigh_launches(batch_, launches_);
}

}  // namespace rathaus::model
