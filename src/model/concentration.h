// Indices of a quarter that are not sums: concentration of vendors, clustering of adopters.
#pragma once

#include <span>
#include <string_view>

#include "model/state.h"

namespace rathaus::model {

struct IndexInfo {
  std::string_view name;                     //!< of the variable in the result file
  std::string_view long_name;                //!< what it measures [1]
  double (*of)(const World&, const State&);  //!< NaN where it has no value
};

/// All that a run reports.
std::span<const IndexInfo> index_infos();

/// A unit that was an adopter is none any more, or the other way round: counts its edges.
void toggle_adopter(const World& world, State& state, std::uint32_t unit);

}  // namespace rathaus::model
