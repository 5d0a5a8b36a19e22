// How the network hangs together.
#pragma once

#include <cstddef>

#include "model/municipalities.h"

namespace rathaus::population {

struct NetworkMeasures {
  std::size_t components = 0;            //!< weakly connected
  double largest_component_share = 0.0;  //!< of all units [1]
  double mean_out_degree = 0.0;          //!< neighbours a unit looks at [unit]
  /// Mean over units of the share of pairs of contacts (in either direction) that are contacts
  /// themselves (Watts and Strogatz 1998); 0 for a unit with fewer than two [1]
  double mean_clustering = 0.0;
};

NetworkMeasures measure(const model::Network& network);

}  // namespace rathaus::population
