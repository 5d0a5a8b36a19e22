// One unit's turn in K2: what its steps share. A turn reads its own state and the fields of K1,
// writes its own state and reports the rest, so that units can take their turns in any order.
#pragma once

#include "model/state.h"
#include "random/draw_table.h"

namespace rathaus::model {

struct Turn {
  Turn(const World& the_world, const random::Key& the_key, State& the_state, Report& the_report,
       std::uint32_t the_unit, const random::Block& the_events)
      : world(the_world),
        key(the_key),
        state(the_state),
        report(the_report),
        unit(the_unit),
        entity(world.municipalities.entity[unit]),
        cells(state.funnel[unit]),
        row(report.totals.of(world, unit)),
        luck(key, entity, state.quarter, world.use_cases),
        events(the_events) {}

  /// A turn alone, whose events are not drawn side by side with those of its neighbours.
  Turn(const World& the_world, const random::Key& the_key, State& the_state, Report& the_report,
       std::uint32_t the_unit)
      : Turn(the_world, the_key, the_state, the_report, the_unit,
             random::block(the_key, random::Process::unit_events,
                           the_world.municipalities.entity[the_unit], 0, the_state.quarter)) {}

  const World& world;
  const random::Key& key;
  State& state;
  Report& report;
  const std::uint32_t unit;
  const std::uint32_t entity;  //!< names the unit in draws
  const StageSets& cells;      //!< the unit's use cases by stage, at this moment
  Row& row;                    //!< sums of the units of its classes
  const random::DrawTable
      luck;                    //!< one draw for each use case of the processes that most turns ask
  const random::Block events;  //!< of the unit itself
  double freed = 0.0;          //!< staff time freed by running services [FTE]
  double tied = 0.0;           //!< staff tied by projects at the start of the turn [FTE]
  Support support{};           //!< what programmes do for the unit in this quarter
  UseCaseSet first_heard = 0;  //!< became aware of them in this turn

  const Parameters& parameters() const { return world.rules.parameters; }
  const Coefficients& coefficients() const { return world.rules.coefficients; }
  const Structure& structure() const { return world.rules.structure; }
  /// Draws of the unit itself: 0 incident, 1 joins a cooperation, 2 adopts a strategy.
  double event(std::size_t which) const { return random::to_uniform(events[which]); }

  std::size_t cell(std::uint32_t use_case) const { return state.cell(use_case, unit); }
  random::Draws draws(random::Process process) const {
    return {key, process, entity, state.quarter};
  }

  /// Moves a cell to another stage or vendor and reports it to the fields.
  void move(std::uint32_t use_case, Stage to, std::uint8_t to_vendor);

  /// Back to AWARE after a failed or stranded pilot or a discontinued service.
  void fall_back(std::uint32_t use_case);
};

/// Moves a cell back to AWARE, to wait until a new launch is possible.
void fall_back_cell(const World& world, State& state, Report& report, std::uint32_t unit,
                    std::uint32_t use_case);

/// Moves a cell and, if its vendor or its peers can see it, reports the change.
void move_cell(State& state, Report& report, std::uint32_t unit, std::uint32_t use_case, Stage to,
               std::uint8_t to_vendor);

// The steps of a turn, in the order of the schedule.
void produce_effects(Turn& turn);   // K2a: effects of running services, reserve
void update_staff(Turn& turn);      // K2b
void update_data(Turn& turn);       // K2c
void update_trust(Turn& turn);      // K2d
void join_cooperation(Turn& turn);  // K2e
void adopt_strategy(Turn& turn);    // K2e
void advance_cells(Turn& turn);     // K2f
void become_aware(Turn& turn);      // K2g
void form_intentions(Turn& turn);   // K2h

/// Books inflow, retained saving, running cost and what exceeds the cap [eq. 10].
void update_reserve(Turn& turn, double saving, double running_cost);

/// Staff tied by pilots and running services, with the stages and data of this moment [FTE, eq. 12]
double tied_staff(const Turn& turn);

/// Project effort E⁰ ψ κ of one unit, with its data of this moment [FTE, eq. 4]
inline double project_effort(const Turn& turn, std::uint32_t use_case) {
  return turn.world.rules.use_cases[use_case].effort_fte * turn.state.scale[turn.unit] *
         turn.world.adaptation(use_case, turn.state.data[turn.unit]);
}

/// Compliance of one running service: comp = r · duties · (1 − cert)(1 − CERT) / (k_g if member)
/// [EUR/year, eq. 9]
inline double compliance_cost(const Turn& turn, std::uint32_t use_case) {
  const double alone = turn.state.compliance_alone[use_case] * turn.support.risk_left;
  if (!turn.state.member[turn.unit]) return alone;
  return alone / turn.state.pool_members[turn.world.municipalities.region[turn.unit]];
}

/// Price of the vendor of a cell relative to the start, with the mark-up of lock-in [eq. 9]
double contract_price(const Turn& turn, std::uint32_t use_case);

/// Renews the contract of a running cell or changes its vendor [eq. 36].
/// False if its vendor is gone and nobody can take over.
bool renew_contract(Turn& turn, std::uint32_t use_case);

/// The vendor of a new pilot [eq. 34] among active ones of at least that openness; no_vendor if
/// there is none.
std::uint8_t choose_vendor(const Turn& turn, std::uint32_t use_case, double open_min = 0.0);

/// Gains of the programmes that act on the unit [eq. 59].
Support support_of(const Turn& turn);

}  // namespace rathaus::model
