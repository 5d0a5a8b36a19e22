#include "model/screening.h"

#include <algorithm>
#include <cmath>

#include "model/logistic.h"
#include "model/rough.h"

namespace rathaus::model {
namespace {

/// The largest share of a pilot's cost that an open programme pays to a unit, whatever the cell.
double largest_share(const World& world, const Funding& funding, std::uint32_t unit) {
  double largest = 0.0;
  for_each(funding.eligible[unit] & funding.open, [&](std::uint32_t k) {
    const Programme& programme = world.rules.programmes[k];
    largest = std::max(largest, world.by_class(programme[Port::grant_pilot], unit));
  });
  return largest;
}

float single(double x) {
  return static_cast<float>(x);
}

RATHAUS_LANES void find_outlook(const Batch& batch, Screening::Outlook& outlook) {
  const State& state = batch.state;
  const double u0 = batch.parameters().u0, beta_trust = batch.parameters().beta_trust;
  const double* const inhabitants = &batch.world.inhabitants[batch.first];
  const double* const scale = &state.scale[batch.first];
  const double* const data = &state.data[batch.first];
  const double* const trust = &state.trust[batch.first];
  const double* const innovativeness = &state.innovativeness[batch.first];
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    outlook.log_inhabitants[l] = rough_log(single(inhabitants[l]));
    outlook.scale[l] = single(scale[l]);
    outlook.data[l] = single(data[l]);
    outlook.disposition[l] = single(u0 + beta_trust * (trust[l] - 0.5) + innovativeness[l]);
    outlook.compliance_left[l] = single(batch.support.risk_left[l] / batch.sharers[l]);
    outlook.risk_left[l] = single(batch.support.risk_left[l]);
    outlook.doubt_left[l] = single(batch.support.doubt_left[l]);
  }
}

/// What all launches of a use case have in common.
struct Offering {
  float log_benefit;  //!< ln(G·A/N)
  float list_price;   //!< C⁰P̄ [EUR]
  float running;      //!< A·o
  float compliance;   //!< A·comp of a unit that bears it alone [EUR]
  float risk;         //!< β_r·r(1 − cert)
  float threshold;    //!< θ
  float error;  //!< of U and of the log odds that a draw needs, but for that of the disposition,
                //!< which is of the size of U, or of terms that count here
};

/// Rounding errors of single precision, with room: those of a few operations.
constexpr float rounding = 1e-6f;

Offering offering(const Batch& batch, std::uint32_t use_case) {
  const Parameters& p = batch.parameters();
  const State& state = batch.state;
  const UseCase& use = batch.world.rules.use_cases[use_case];
  const double log_benefit = batch.world.log_benefit[use_case];
  const double risk = p.beta_risk * state.uncertified_risk[use_case];
  // two logarithms on either side; the gap of data, which is of the size of one; S; then what is
  // rounded: terms of U, and log odds below 23
  const double error = 2.0 * rough_log_float_error * (1.0 + p.beta_value) +
                       rounding * p.beta_value * (p.data_gap_cost + std::abs(log_benefit) + 100.0) +
                       (rounding + PeerShares::error) * (p.beta_peer + p.beta_risk) +
                       rounding * (risk + 25.0);
  return {single(log_benefit),
          single(use.cost_eur * state.market.mean_price),
          single(p.horizon_years * p.run_cost_share),
          single(p.horizon_years * state.compliance_alone[use_case]),
          single(risk),
          single(use.data_threshold),
          single(error)};
}

RATHAUS_LANES Screening::Verdict weigh_launches(const Batch& batch,
                                                const Screening::Outlook& outlook,
                                                const Offering& offering, const random::Row& draw,
                                                const PerLane<float>& peers,
                                                PerLane<float>& utilities) {
  const Parameters& p = batch.parameters();
  const float beta_value = single(p.beta_value), beta_peer = single(p.beta_peer);
  const float beta_risk = single(p.beta_risk), evidence_half = single(p.evidence_half);
  const float gap_cost = single(p.data_gap_cost);
  const float log_benefit = offering.log_benefit, list_price = offering.list_price;
  const float running = offering.running, compliance = offering.compliance;
  const float risk = offering.risk, threshold = offering.threshold, error = offering.error;
  const auto rate = static_cast<std::uint32_t>(std::min(p.decision_rate * 0x1p32, 0x1p32 - 1.0));
  const auto steep = single(steep_log_odds);
  // draws so near to 0 or to λ are not resolved
  constexpr std::int32_t resolved = 1 << 20;
  // beyond these single precision has fewer digits
  constexpr float tiny = 1e-30f, huge = 1e30f;
  const bool priced = list_price > tiny;

  PerLane<float> excess;  // U less the log odds that the draw needs, 0 where it is left open
  PerLane<float> margin;
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    // x(s) = ln( G·A / ( C⁰ψP̄·((1 − s·α_P)·κ + A·o) + A·comp ) ) [eqs. 25, 26]
    const float gap = threshold - outlook.data[l];
    const float adaptation = 1.0f + gap_cost * (gap > 0.0f ? gap : 0.0f);
    const float cost =
        list_price * outlook.scale[l] * (outlook.own_part[l] * adaptation + running) +
        compliance * outlook.compliance_left[l];
    const float value = log_benefit + outlook.log_inhabitants[l] - rough_log(cost);
    // U = u0 + β_v x + β_s S − β_r[doubt + r(1−cert)(1−CERT)] + β_T(T−½) + ι,
    // doubt = (1 − S/(S+s_½))(1−EVID) [eqs. 27, 28]
    const float doubt = evidence_half / (peers[l] + evidence_half) * outlook.doubt_left[l];
    const float utility = outlook.disposition[l] - risk * outlook.risk_left[l] +
                          beta_value * value + beta_peer * peers[l] - beta_risk * doubt;
    // draw < λ Λ(U) where U > ln(draw / (λ − draw)); where Λ is flat, this is for exact functions
    const auto yes = static_cast<std::int32_t>(draw[l] >> 1);
    const auto no = static_cast<std::int32_t>((rate - draw[l]) >> 1);
    const float needed = rough_log(static_cast<float>(yes)) - rough_log(static_cast<float>(no));
    const bool is_clear = (utility < steep) & (yes >= resolved) & (no >= resolved) & priced &
                          (cost > tiny) & (cost < huge);
    excess[l] = is_clear ? utility - needed : 0.0f;
    utilities[l] = utility;
    margin[l] = error + rounding * std::abs(outlook.disposition[l]);
  }
  const Lanes alone = batch.state.funding.open == 0 ? ~Lanes{0} : 0;
  return {lanes_where([&](std::uint32_t l) { return excess[l] < -margin[l]; }),
          alone & lanes_where([&](std::uint32_t l) { return excess[l] > margin[l]; }), error};
}

}  // namespace

Screening::Screening(const Batch& batch) : batch_(batch) {
  outlook_.own_part.fill(1.0f);
  if (const Funding& funding = batch.state.funding; funding.open != 0)
    for_each_lane(batch.present, [&](std::uint32_t l) {
      outlook_.own_part[l] = single(1.0 - largest_share(batch.world, funding, batch.first + l) *
                                              batch.parameters().pilot_share);
    });
  find_outlook(batch, outlook_);
}

Screening::Verdict Screening::operator()(std::uint32_t use_case, const random::Row& draw,
                                         const PerLane<float>& peers,
                                         PerLane<float>& utility) const {
  return weigh_launches(batch_, outlook_, offering(batch_, use_case), draw, peers, utility);
}

}  // namespace rathaus::model
