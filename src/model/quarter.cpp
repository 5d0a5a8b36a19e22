// The schedule of the whole model on one screen [ODD section 3].
#include "model/quarter.h"

#include "model/parallel.h"
#include "model/turn.h"

namespace rathaus::model {
namespace {

/// K2: one unit's turn. Its steps read its own state and the fields of K1.
void take_turn(Turn& turn) {
  produce_effects(turn);   // a  running services save, cost and rebound; the reserve
  update_staff(turn);      // b  hired, lost, tied, learnt
  update_data(turn);       // c  bought, learnt, copied, lost
  update_trust(turn);      // d  incidents, return to the set-point
  join_cooperation(turn);  // e
  adopt_strategy(turn);
  advance_cells(turn);    // f  ageing, evaluation, renewal, discontinuation
  become_aware(turn);     // g
  form_intentions(turn);  // h  to operation, roll-out, new pilots, with own means and grants
}

void take_turns(const World& world, const random::Key& key, State& state) {
  constexpr std::uint32_t group = random::most_entities;
  for_groups<group>(world, state, [&](Report& report, std::uint32_t first, std::uint32_t last) {
    const std::span entities{&world.municipalities.entity[first], last - first};
    const random::EntityBlocks events =
        entity_blocks(key, random::Process::unit_events, entities, state.quarter);
    for (std::uint32_t unit = first; unit < last; ++unit) {
      Turn turn(world, key, state, report, unit, events[unit - first]);
      if (!world.rules.programmes.empty()) turn.support = support_of(turn);
      take_turn(turn);
    }
  });
}

}  // namespace

void advance(const World& world, const random::Key& key, State& state) {
  set_clock(world, state);     // K0  what happens outside the model
  fill_pots(world, state);     //     windows and money of the programmes
  update_scale(world, state);  // K1  fields: what everybody sees of the quarter before
  update_region_data(world, state);
  choose_supported(world, key, state);
  take_turns(world, key, state);      // K2  each unit with its own state and these fields
  decide_applications(world, state);  // K3  programmes award grants
  allocate_slots(world, key, state);  // K4  vendors serve as many orders as they have slots
  commit(world, state);               // K5  book money, change stages
  strand_refused(world, state);
  admit_joiners(world, state);
  update_fields(world, state);
  update_vendors(world, key, state);  // K6  price, capacity, exit, entry
  observe(world, state);              // K7
  ++state.quarter;
}

}  // namespace rathaus::model
