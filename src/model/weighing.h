// Launches that may be wanted under the logit rule, collected from many units and weighed side by
// side: a few of the cells that could launch are on the agenda at all, so that lists cost less than
// sixty-four neighbours of which most have nothing to weigh [ODD 7.15].
#pragma once

#include "model/batch.h"
#include "model/decision.h"
#include "model/peer_field.h"

namespace rathaus::model {

class Weighing {
 public:
  static constexpr std::uint32_t capacity = 16;
  template <class T>
  struct alignas(64) Each : std::array<T, capacity> {};

  /// What the rule asks of each launch, and what it says.
  struct Launches {
    std::uint32_t count = 0;
    Each<std::uint8_t> lane, use_case;
    Each<double> benefit, cost, scale, threshold, data, least_adaptation;
    Each<double> mean_price, run_cost_share;
    Each<double> duties, risk, risk_left, sharers;
    Each<double> peers_running, neighbours, share_of_group;
    Each<double> doubt_left, trust, innovativeness, grant_share, draw;
    Each<double> utility, chance;
  };

  explicit Weighing(const Batch& batch) : batch_(batch) {}

  bool is_full() const { return launches_.count == capacity; }

  /// One launch with a benefit.
  void collect(std::uint32_t lane, std::uint32_t use_case, double draw, double grant_share);

  /// Calls body(lane, use_case, utility, wanted) for all that were collected, in their order.
  template <class Body>
  void settle(Body body) {
    weigh();
    for (std::uint32_t k = 0; k < launches_.count; ++k)
      body(launches_.lane[k], launches_.use_case[k], launches_.utility[k],
           launches_.draw[k] < launches_.chance[k]);
    launches_.count = 0;
  }

 private:
  void weigh();

  const Batch& batch_;
  Launches launches_;
};

inline void Weighing::collect(std::uint32_t lane, std::uint32_t use_case, double draw,
                              double grant_share) {
  const World& world = batch_.world;
  const State& state = batch_.state;
  const UseCase& use = world.rules.use_cases[use_case];
  const std::uint32_t unit = batch_.first + lane, k = launches_.count++;
  const Peers peers = peers_of(world, state, use_case, unit);
  launches_.lane[k] = static_cast<std::uint8_t>(lane);
  launches_.use_case[k] = static_cast<std::uint8_t>(use_case);
  launches_.benefit[k] =
      world.inhabitants[unit] * world.benefit[use_case] * batch_.parameters().horizon_years;
  const Terms terms = terms_of(world, state, world.cost_law[use_case], use_case, unit,
                               offering_vendor(world, state, use_case, unit), use.least_cost_eur,
                               batch_.sharers[lane]);
  launches_.cost[k] = use.cost_eur;
  launches_.scale[k] = terms.scale;
  launches_.mean_price[k] = state.market.of[use_case].mean_price;
  launches_.run_cost_share[k] = world.run_cost_share[use_case];
  launches_.threshold[k] = use.data_threshold;
  launches_.data[k] = state.data[unit];
  launches_.least_adaptation[k] =
      terms.least > 0.0 ? rules::least_adaptation(terms.least, use.cost_eur * launches_.scale[k] *
                                                                   launches_.mean_price[k])
                        : 0.0;
  launches_.duties[k] = state.compliance_alone[use_case];
  launches_.risk[k] = state.uncertified_risk[use_case];
  launches_.risk_left[k] = batch_.support[Port::cert][lane];
  launches_.sharers[k] = batch_.sharers[lane];
  launches_.peers_running[k] = peers.running;
  launches_.neighbours[k] = peers.neighbours;
  launches_.share_of_group[k] = peers.share_of_group;
  launches_.doubt_left[k] = batch_.support[Port::evid][lane];
  launches_.trust[k] = state.trust[unit];
  launches_.innovativeness[k] = state.innovativeness[unit];
  launches_.grant_share[k] = grant_share;
  launches_.draw[k] = draw;
}

}  // namespace rathaus::model
