// Indices of a quarter that are not sums: concentration of vendors, clustering of adopters.
#pragma once

#include "model/state.h"

namespace rathaus::model {

/// Σ m_v² over the installed base of the country; NaN if there is none [eq. 53]
double hhi_national(const State& state);

/// The same within each region, weighted by its installed base [eq. 53]
double hhi_local(const State& state);

/// A unit that was an adopter is none any more, or the other way round: counts its edges.
void toggle_adopter(const World& world, State& state, std::uint32_t unit);

/// Moran's I of adoption over geographic neighbours; NaN if all units are alike [eq. 55]
double morans_i(const World& world, const State& state);

}  // namespace rathaus::model
