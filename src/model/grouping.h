// Classes of units over which indicators are summed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/lanes.h"
#include "model/municipalities.h"

namespace rathaus::model {

/// Groups of units over which indicators are summed; classes are frozen at the start of the run.
struct Grouping {
  std::string name;                     //!< dimension in the result: size_class, land, fiscal_class
  std::vector<std::string> labels;      //!< one per class
  std::vector<std::uint16_t> class_of;  //!< [units]
};

/// The units of one batch that share a joint class.
struct ClassShare {
  std::uint16_t joint_class;
  PerLane<std::int8_t> select;  //!< all bits set for its units, none for others
};

/// The grouping by "size_class", "fiscal_class", "land" or several of them, as crossed_groupings names
/// them; std::invalid_argument for another name.
/// `fiscal_class` is that of each unit.
Grouping make_grouping(std::string_view name, const Municipalities& municipalities,
                       const std::vector<std::uint8_t>& fiscal_class);

/// The combinations of classes that occur [joint class][grouping], and each unit's place among
/// them.
std::pair<std::vector<std::vector<std::uint16_t>>, std::vector<std::uint16_t>> joined(
    const std::vector<Grouping>& groupings, std::uint32_t units);

/// Appends the joint classes of one batch, in the order of their first unit.
void append_shares(const std::vector<std::uint16_t>& joint_class, std::uint32_t batch,
                   std::vector<ClassShare>& shares);

}  // namespace rathaus::model
