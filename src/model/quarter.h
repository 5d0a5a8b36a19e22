// The schedule of a quarter and the kernels that look at all units at once.
#pragma once

#include "model/state.h"

namespace rathaus::model {

/// Computes one quarter: `state.quarter` is the quarter to compute and is advanced by one
/// [ODD section 3]. Afterwards `state.report.totals` holds its sums.
void advance(const World& world, const random::Key& key, State& state);

/// What runs before the first quarter, where the model says so.
void start_services(const World& world, const random::Key& key, State& state);

// K0
void set_clock(const World& world, State& state);
void fill_pots(const World& world, State& state);
// K1
void update_scale(const World& world, State& state);
void update_region_data(const World& world, State& state);
void choose_supported(const World& world, const random::Key& key, State& state);
void make_offers(const World& world, const random::Key& key, State& state);
// K3
void decide_applications(const World& world, State& state);
// K4
void allocate_slots(const World& world, const random::Key& key, State& state);
// K5
void commit(const World& world, State& state);
void admit_joiners(const World& world, State& state);
void strand_refused(const World& world, State& state);
void update_fields(const World& world, State& state);
// K6
void update_vendors(const World& world, const random::Key& key, State& state);
// K7
void observe(const World& world, State& state);

}  // namespace rathaus::model
