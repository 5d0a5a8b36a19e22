// The calendar of a result file.
#pragma once

#include <string>

#include "hdf5/group.h"

namespace rathaus::analysis {

/// The index of a quarter that a user names by its label or its number; InputError if there is
/// none.
std::size_t quarter_index(const hdf5::Group& root, const std::string& name);

}  // namespace rathaus::analysis
