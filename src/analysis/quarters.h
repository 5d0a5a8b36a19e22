// The calendar of a result file.
#pragma once

#include <string>

#include "hdf5/group.h"

namespace rathaus::analysis {

/// The index of a quarter that a user names by its label or its number; InputError if there is
/// none.
std::size_t quarter_index(const hdf5::Group& root, const std::string& name);

/// The end of a quarter as people say it: "end of 2030" for 2030-Q4, else "end of 2030-Q2".
std::string end_of(const std::string& quarter_label);

}  // namespace rathaus::analysis
