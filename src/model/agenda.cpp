#include "model/agenda.h"

#include <algorithm>

#include "model/applications.h"
#include "model/weighing.h"
#include "random/draw_queue.h"

namespace rathaus::model {
namespace {

/// Cells of a use case whose service is old enough to be rolled out.
RATHAUS_LANES Lanes in_operation_long_enough(const Batch& batch, std::uint32_t use_case) {
  const std::uint8_t wait = batch.world.rollout_wait_quarters;
  const Stage* const stage = &batch.state.stage[batch.row(use_case)];
  const std::uint8_t* const age = &batch.state.age[batch.row(use_case)];
  return lanes_where([&](std::uint32_t l) { return (stage[l] == operation) & (age[l] >= wait); });
}

/// Cells of a use case that may be launched.
RATHAUS_LANES Lanes launchable(const Batch& batch, std::uint32_t use_case) {
  const Stage least = info_of(batch.structure().decision_rule).considers_all ? none : aware;
  const Stage* const stage = &batch.state.stage[batch.row(use_case)];
  const std::uint8_t* const cool = &batch.state.cool[batch.row(use_case)];
  return lanes_where(
      [&](std::uint32_t l) { return (cool[l] == 0) & (stage[l] >= least) & (stage[l] <= aware); });
}

/// Services whose roll-out is on the agenda.
void add_roll_outs(const Batch& batch, Agenda& agenda) {
  struct Service {
    std::uint32_t lane, use_case;
  };
  random::DrawQueue<Service> due(batch.key, batch.state.quarter);
  const auto settle = [&](const Service& service, double draw) {
    if (draw >= batch.parameters().rollout_rate) return;
    agenda.with_roll_out |= Lanes{1} << service.lane;
    agenda.roll_out[service.lane] |= only(service.use_case);
  };
  for (std::uint32_t u = 0; u < batch.world.use_cases; ++u)
    for_each_lane(in_operation_long_enough(batch, u), [&](std::uint32_t l) {
      due.add(random::Process::roll_out, batch.world.entity[batch.first + l], u, {l, u}, settle);
    });
  due.settle_all(settle);
}

/// Units that decide in this quarter.
Lanes deciding(const Batch& batch) {
  if (batch.structure().arrivals == Arrivals::simultaneous) return batch.present;
  const std::uint32_t lane = batch.state.quarter - batch.first;  // wraps: beyond any lane
  return lane < batch_units ? batch.present & Lanes{1} << lane : 0;
}

/// Pilots that are weighed, and what is found of them.
class Wishes {
 public:
  Wishes(Batch& batch, Agenda& agenda) : batch_(batch), agenda_(agenda), weighing_(batch) {
    const Funding& funding = batch.state.funding;
    is_open_ = funding.open != 0;
    // an offer may change before the unit's turn comes: then all are looked at again
    for_each(funding.open,
             [&](std::uint32_t k) { may_change_ |= !funding.entitlement[k].empty(); });
    told_ = noted(batch);
    is_logit_ = batch.structure().decision_rule == DecisionRule::logit;
  }

  void add(std::uint32_t lane, std::uint32_t use_case, double draw) {
    const double share =
        is_open_ ? best_offer(batch_.turn(lane), use_case, Port::grant_pilot).share : 0.0;
    const bool in_list = is_logit_ && share == 0.0 && batch_.world.benefit[use_case] > 0.0;
    if (!in_list)
      return note(lane, use_case, share, wants_pilot(batch_.turn(lane), use_case, draw, share));
    if (weighing_.is_full()) settle();
    weighing_.collect(lane, use_case, draw, share);
  }

  /// A wish that was put off, once its call is announced no more. Where the call is open it
  /// applies.
  void add_kept(std::uint32_t lane, std::uint32_t use_case) {
    std::uint8_t& awaited = batch_.state.awaited[batch_.row(use_case) + lane];
    if (batch_.state.funding.announced >> awaited & 1u) return;
    awaited = no_programme;
    const Turn turn = batch_.turn(lane);
    const double share = is_open_ ? best_offer(turn, use_case, Port::grant_pilot).share : 0.0;
    agenda_.kept[lane] = static_cast<UseCaseSet>(agenda_.kept[lane] | only(use_case));
    note(lane, use_case, share, kept_wish(turn, use_case, share));
  }

  void settle() {
    weighing_.settle([&](std::uint32_t lane, std::uint32_t u, double utility, bool wanted) {
      if (wanted || told_ != 0 || may_change_) note(lane, u, 0.0, {wanted, wanted, utility, true});
    });
  }

 private:
  void note(std::uint32_t lane, std::uint32_t use_case, double share, const Wish& wish) {
    if (!wish.supported && !may_change_ && !(told_ >> lane & 1u)) return;
    const auto put = [&](PerLane<UseCaseSet>& set, bool in) {
      set[lane] = static_cast<UseCaseSet>(set[lane] | (in ? only(use_case) : 0));
    };
    put(agenda_.pilots, true);
    put(agenda_.own, wish.own);
    put(agenda_.supported, wish.supported);
    put(agenda_.weighed, wish.weighed);
    agenda_.value[use_case][lane] = wish.value;
    agenda_.grant_share[use_case][lane] = share;
    agenda_.with_pilots |= Lanes{1} << lane;
  }

  Batch& batch_;
  Agenda& agenda_;
  Weighing weighing_;
  bool is_open_ = false, may_change_ = false, is_logit_ = false;
  Lanes told_ = 0;
};

/// Cells of a use case whose wish waits for a call.
Lanes put_off(const Batch& batch, std::uint32_t use_case) {
  if (batch.state.awaited.empty()) return 0;
  const std::uint8_t* const awaited = &batch.state.awaited[batch.row(use_case)];
  return lanes_where([&](std::uint32_t l) { return awaited[l] != no_programme; });
}

/// Pilots under way that may ask for a grant, where a call admits those that began early.
void add_asking(const Batch& batch, Agenda& agenda) {
  const State& state = batch.state;
  if (state.pilot_cost.empty() || state.funding.open == 0) return;
  for_each_lane(batch.present, [&](std::uint32_t l) {
    const std::uint32_t unit = batch.first + l;
    for_each(static_cast<UseCaseSet>(state.funnel[unit].in[pilot] & ~state.ready[unit]),
             [&](std::uint32_t u) {
               if (state.pilot_cost[batch.row(u) + l] == 0) return;
               agenda.asking[l] = static_cast<UseCaseSet>(agenda.asking[l] | only(u));
               agenda.with_asking |= Lanes{1} << l;
             });
  });
}

void add_pilots(Batch& batch, random::DrawRows& luck, Agenda& agenda) {
  const bool always = info_of(batch.structure().decision_rule).considers_all;
  const double rate = always ? 1.0 : batch.parameters().decision_rate;
  const Lanes may = deciding(batch);
  Wishes wishes(batch, agenda);
  for_each(batch.state.available, [&](std::uint32_t u) {
    Lanes cells = may & launchable(batch, u) & ~batch.first_heard[u];
    if (const Lanes waiting = cells & put_off(batch, u); waiting != 0) {
      for_each_lane(waiting, [&](std::uint32_t l) { wishes.add_kept(l, u); });
      cells &= ~waiting;
    }
    if (cells == 0) return;
    const random::Row& draw = luck(u);
    cells &= below(draw, rate);
    for_each_lane(cells, [&](std::uint32_t l) { wishes.add(l, u, random::to_uniform(draw[l])); });
  });
  wishes.settle();
}

}  // namespace

Agenda make_agenda(Batch& batch, random::DrawRows& luck) {
  const State& state = batch.state;
  Agenda agenda;
  std::copy_n(&state.ready[batch.first], batch_units, agenda.ready.begin());
  agenda.with_ready = lanes_where([&](std::uint32_t l) { return agenda.ready[l] != 0; });
  add_roll_outs(batch, agenda);
  add_asking(batch, agenda);
  add_pilots(batch, luck, agenda);
  return agenda;
}

}  // namespace rathaus::model
