// Labels for readers that open one group alone.
#pragma once

#include <string>

#include "hdf5/group.h"

namespace rathaus::hdf5 {

/// A copy of a dimension with labels of the root, under the same name in this group: variables that
/// are made in it from now on lie along the copy. Nothing if the group has it.
inline void own_dimension(Group& group, const std::string& name) {
  if (group.has(name)) return;
  const Variable above = group.variable("/" + name);
  group.dimension(name, above.read<std::string>(), above.text_attribute("long_name"));
}

}  // namespace rathaus::hdf5
