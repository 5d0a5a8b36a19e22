// A population at a glance: how many units and inhabitants by size class and by Land.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "model/municipalities.h"

namespace rathaus::population {

struct Group {
  std::string name;
  std::int64_t units = 0;
  std::int64_t inhabitants = 0;
};

struct Summary {
  std::array<Group, 4> by_size_class;
  std::vector<Group> by_land;  //!< in the order of land_names
  Group total;
};

Summary describe(const model::Municipalities& municipalities);

}  // namespace rathaus::population
