// One unit in K2: what happens to it alone, event by event. It reads its own state and the fields
// of K1, writes its own state and reports the rest, so that units can take their turns in any
// order.
#pragma once

#include "model/common_solutions.h"
#include "model/state.h"
#include "rules/effects.h"

namespace rathaus::model {

struct Turn {
  Turn(const World& the_world, const random::Key& the_key, State& the_state, Report& the_report,
       std::uint32_t the_unit, const Support& the_support = unsupported)
      : world(the_world),
        key(the_key),
        state(the_state),
        report(the_report),
        unit(the_unit),
        entity(world.municipalities.entity[unit]),
        cells(state.funnel[unit]),
        row(report.totals.of(world, unit)),
        support(the_support) {}

  const World& world;
  const random::Key& key;
  State& state;
  Report& report;
  const std::uint32_t unit;
  const std::uint32_t entity;  //!< names the unit in draws
  const StageSets& cells;      //!< the unit's use cases by stage, at this moment
  Row& row;                    //!< sums of the units of its classes
  const Support& support;      //!< what programmes do for the unit in this quarter

  const Parameters& parameters() const { return world.rules.parameters; }
  const Coefficients& coefficients() const { return world.rules.coefficients; }
  const Structure& structure() const { return world.rules.structure; }

  std::size_t cell(std::uint32_t use_case) const { return state.cell(use_case, unit); }
  random::Draws draws(random::Process process) const {
    return {key, process, entity, state.quarter};
  }

  /// Attempts that end for lack of something.
  void count_blocked(Step step, Constraint what, std::int64_t attempts) {
    if (attempts == 0) return;
    row(step, what) += attempts;
    state.lacks(unit, what, row);
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

/// k_g: the members of a unit's pool, or nobody but itself.
inline double sharers_of(const Turn& turn) {
  return turn.state.member[turn.unit] != 0
             ? turn.state.pool_members[turn.world.municipalities.region[turn.unit]]
             : 1.0;
}

inline std::uint8_t offering_vendor(const Turn& turn, std::uint32_t use_case) {
  return offering_vendor(turn.world, turn.state, use_case, turn.unit);
}

/// What projects of a unit with a vendor are reckoned by, of their cost and of their effort.
inline Terms cost_terms(const Turn& turn, std::uint32_t use_case, std::uint8_t vendor) {
  return terms_of(turn.world, turn.state, turn.world.cost_law[use_case], use_case, turn.unit,
                  vendor, turn.world.rules.use_cases[use_case].least_cost_eur, sharers_of(turn));
}
inline Terms effort_terms(const Turn& turn, std::uint32_t use_case, std::uint8_t vendor) {
  return terms_of(turn.world, turn.state, turn.world.effort_law[use_case], use_case, turn.unit,
                  vendor, turn.world.rules.use_cases[use_case].least_effort_fte, sharers_of(turn));
}

/// E of one unit with a vendor, with its data of this moment [FTE].
inline double project_effort(const Turn& turn, std::uint32_t use_case, std::uint8_t vendor) {
  const Terms terms = effort_terms(turn, use_case, vendor);
  return rules::project_effort(turn.world.rules.use_cases[use_case].effort_fte, terms.scale,
                               turn.world.adaptation(use_case, turn.state.data[turn.unit]),
                               terms.least);
}

/// Compliance of one running service [EUR/year].
inline double compliance_cost(const Turn& turn, std::uint32_t use_case) {
  return rules::compliance(turn.state.compliance_alone[use_case], turn.support[Port::cert],
                           sharers_of(turn));
}

/// Renews the contract of a running cell or changes its vendor. `draw` is that of the
/// cell's switching. False if its vendor is gone and nobody can take over.
bool renew_contract(Turn& turn, std::uint32_t use_case, double draw);

/// The vendor of a new pilot among active ones that offer the use case and are at least so open;
/// no_vendor if there is none. `draw` is that of the cell's vendor choice.
std::uint8_t choose_vendor(const Turn& turn, std::uint32_t use_case, double draw,
                           double open_min = 0.0);

}  // namespace rathaus::model
