#include "model/agenda.h"

#include <algorithm>
#include <optional>

#include "model/screening.h"
#include "model/vendor_preselection.h"
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
  const Stage least = batch.structure().decision_rule == DecisionRule::bass ? none : aware;
  const Stage* const stage = &batch.state.stage[batch.row(use_case)];
  const std::uint8_t* const cool = &batch.state.cool[batch.row(use_case)];
  return lanes_where(
      [&](std::uint32_t l) { return (cool[l] == 0) & (stage[l] >= least) & (stage[l] <= aware); });
}

/// Services whose roll-out is on the agenda [eq. 32].
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

/// Preselects a vendor for every pilot on the agenda.
void preselect_vendors(const Batch& batch, Agenda& agenda) {
  static_assert(VendorPreselection::capacity == random::DrawList::capacity);
  VendorPreselection preselection(batch);
  random::DrawList draws(batch.key, batch.state.quarter);
  const auto choose = [&] {
    draws.compute();
    preselection.choose(draws, [&](std::uint32_t l, std::uint32_t u, std::uint8_t vendor) {
      agenda.vendor[u][l] = vendor;
    });
    draws.clear();
  };
  for_each_lane(agenda.with_pilots, [&](std::uint32_t l) {
    agenda.started[l] = batch.state.funnel[batch.first + l].started();
    for_each(agenda.pilots[l], [&](std::uint32_t u) {
      agenda.vendor[u][l] = no_vendor;
      if (!preselection.applies()) return;
      if (!preselection.has_room()) choose();
      preselection.collect(l, u);
      draws.add(random::Process::vendor_choice, batch.world.entity[batch.first + l], u);
    });
  });
  choose();
}

void add_pilots(Batch& batch, random::DrawRows& luck, Agenda& agenda) {
  const DecisionRule rule = batch.structure().decision_rule;
  // [eq. 29]
  const double rate = rule == DecisionRule::bass ? 1.0 : batch.parameters().decision_rate;
  const Lanes may = deciding(batch), told = noted(batch);
  std::optional<Screening> screening;
  if (rule == DecisionRule::logit) screening.emplace(batch);
  for_each(batch.state.available, [&](std::uint32_t u) {
    Lanes cells = may & launchable(batch, u) & ~batch.first_heard[u];
    if (cells != 0) cells &= below(luck(u), rate);
    if (cells == 0) return;
    Screening::Verdict certain;
    if (screening && batch.world.benefit[u] >= least_screened_benefit)
      certain = (*screening)(u, luck(u), batch.peers(u), agenda.utility[u]);
    agenda.utility_error = std::max(agenda.utility_error, certain.error);
    cells &= told | ~certain.declined;
    agenda.with_pilots |= cells;
    const Lanes wanted = ~told & certain.wanted;
    for_each_lane(cells, [&](std::uint32_t l) {
      agenda.pilots[l] |= only(u);
      agenda.wanted[l] |= static_cast<UseCaseSet>((wanted >> l & 1u) << u);
    });
  });
  preselect_vendors(batch, agenda);
}

}  // namespace

Agenda make_agenda(Batch& batch, random::DrawRows& luck) {
  const State& state = batch.state;
  Agenda agenda;
  std::copy_n(&state.ready[batch.first], batch_units, agenda.ready.begin());
  agenda.with_ready = lanes_where([&](std::uint32_t l) { return agenda.ready[l] != 0; });
  add_roll_outs(batch, agenda);
  add_pilots(batch, luck, agenda);
  return agenda;
}

}  // namespace rathaus::model
