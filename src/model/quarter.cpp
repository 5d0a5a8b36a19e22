// The schedule of the whole model on one screen [ODD section 3].
#include "model/quarter.h"

#include "model/batch.h"
#include "model/parallel.h"

namespace rathaus::model {
namespace {

/// K2: the turns of sixty-four neighbours. Their steps read their own state and the fields of K1.
void take_turns(Batch& batch) {
  produce_effects(batch);   // a  running services save, cost and rebound; the reserve
  update_staff(batch);      // b  hired, lost, tied, learnt
  update_data(batch);       // c  bought, learnt, copied, lost
  update_trust(batch);      // d  incidents, return to the set-point
  join_cooperation(batch);  // e
  adopt_strategy(batch);
  advance_cells(batch);    // f  ageing, evaluation, renewal, discontinuation
  become_aware(batch);     // g
  form_intentions(batch);  // h  to operation, roll-out, new pilots, with own means and grants
}

void take_turns(const World& world, const random::Key& key, State& state) {
  for_batches(world, state, [&](Report& report, std::uint32_t first) {
    Batch batch(world, key, state, report, first);
    take_turns(batch);
  });
}

}  // namespace

void advance(const World& world, const random::Key& key, State& state) {
  set_clock(world, state);     // K0  what happens outside the model
  fill_pots(world, state);     //     windows and money of the programmes
  update_scale(world, state);  // K1  fields: what everybody sees of the quarter before
  update_region_data(world, state);
  choose_supported(world, key, state);
  make_offers(world, key, state);     //     common solutions of IT-provider groups
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
