// K2 for sixty-four neighbouring units: what the steps of their turns share. A step computes what
// happens to all of them lane by lane; to whom something happens takes a turn of its own.
#pragma once

#include <initializer_list>
#include <optional>

#include "model/turn.h"

namespace rathaus::model {

/// What programmes do for each unit in this quarter, by port and lane; neutral without any.
struct SupportLanes {
  std::array<PerLane<double>, port_names.size()> ports;

  SupportLanes();
  const PerLane<double>& operator[](Port port) const {
    return ports[static_cast<std::size_t>(port)];
  }
  void set(std::uint32_t lane, const Support& support);
};
inline const SupportLanes unsupported_lanes;

/// Values of an indicator, one for each unit.
struct Contribution {
  Indicator indicator;
  const PerLane<std::int64_t>& value;
};

/// Adds them up by the classes of the units of a batch.
void add_up(std::span<const ClassShare> shares, std::initializer_list<Contribution> contributions,
            Totals& totals);

struct Batch {
  Batch(const World& world, const random::Key& key, State& state, Report& report,
        std::uint32_t first);
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  const World& world;
  const random::Key& key;
  State& state;
  Report& report;
  const std::uint32_t first;  //!< unit of lane 0
  const Lanes present;        //!< lanes that are units
  struct Gains {
    SupportLanes lanes;
    std::array<Support, batch_units> each;
  };
  std::optional<Gains> gains;     //!< of programmes, if there are any
  const SupportLanes& support;    //!< the same, or what is neutral
  random::DrawRows events;        //!< of the unit itself: 0 incident, 1 joins, 2 strategy
  PerLane<std::int32_t> sharers;  //!< k_g: how many share the cost of compliance
  PerLane<double> freed{};        //!< staff time freed by running services [FTE]
  PerLane<double> tied{};         //!< staff tied by projects before the cells move [FTE]
  std::array<Lanes, max_use_cases> first_heard{};  //!< became aware of a use case in this turn

  const Parameters& parameters() const { return world.rules.parameters; }
  const Coefficients& coefficients() const { return world.rules.coefficients; }
  const Structure& structure() const { return world.rules.structure; }

  /// The place of a use case's sixty-four cells in the columns of cells.
  std::size_t row(std::uint32_t use_case) const { return state.cell(use_case, first); }
  random::DrawRows draws(random::Process process) const {
    return {key, process, &world.entity[first], state.quarter};
  }
  std::span<const ClassShare> shares() const { return world.shares(first / batch_units); }

  Turn turn(std::uint32_t lane) const {
    return {world, key, state, report, first + lane, gains ? gains->each[lane] : unsupported};
  }
};

/// Gains of the programmes that act on a unit [eq. 59].
Support support_of(const World& world, const Funding& funding, std::uint32_t unit);

// The steps of a turn, in the order of the schedule.
void produce_effects(Batch& batch);   // K2a: effects of running services, reserve
void update_staff(Batch& batch);      // K2b
void update_data(Batch& batch);       // K2c
void update_trust(Batch& batch);      // K2d
void join_cooperation(Batch& batch);  // K2e
void adopt_strategy(Batch& batch);    // K2e
void advance_cells(Batch& batch);     // K2f
void become_aware(Batch& batch);      // K2g
void form_intentions(Batch& batch);   // K2h

/// Books inflow, retained saving, running cost and what exceeds the cap [eq. 10].
void update_reserve(Batch& batch, const PerLane<double>& saving,
                    const PerLane<double>& running_cost);

/// Staff tied by pilots and running services, with the stages and data of this moment [FTE, eq. 12]
void tied_staff(const Batch& batch, PerLane<double>& tied);

/// Some group offers the use case in this quarter.
inline bool is_on_offer(const State& state, std::uint32_t use_case) {
  return (state.on_offer & only(use_case)) != 0;
}
/// The terms of the cells of a use case that is on offer, each with its vendor [ODD 7.24].
struct CommonTerms {
  PerLane<double> scale, least;
};
void find_terms(const Batch& batch, std::uint8_t law, std::uint32_t use_case, double least,
                CommonTerms& terms);

/// Probabilities as whole numbers: draws are below them whose word is less than `words`, and all
/// draws of certain lanes.
struct Chances {
  PerLane<std::uint32_t> words;
  Lanes certain;
};
void find_chances(const PerLane<double>& probability, Chances& chances);

/// Lanes whose draw is below a probability, the same for all or each unit's own.
Lanes below(const random::Row& draw, double probability);
Lanes below(const random::Row& draw, const Chances& chances);

/// The lane of the unit whose story is told, if it is in this batch.
Lanes noted(const Batch& batch);

/// Lanes whose cell of a use case is in a stage.
[[gnu::always_inline]] inline Lanes in_stage(const Batch& batch, std::uint32_t use_case,
                                             Stage stage) {
  const Stage* const at = &batch.state.stage[batch.row(use_case)];
  return lanes_where([&](std::uint32_t l) { return at[l] == stage; });
}

/// Lanes whose cell of a use case is in a stage from `least` on.
[[gnu::always_inline]] inline Lanes from_stage(const Batch& batch, std::uint32_t use_case,
                                               Stage least) {
  const Stage* const at = &batch.state.stage[batch.row(use_case)];
  return lanes_where([&](std::uint32_t l) { return at[l] >= least; });
}

}  // namespace rathaus::model
