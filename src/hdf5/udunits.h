// Units in the words of UDUNITS, which readers of the CF conventions expect.
#pragma once

#include <string>
#include <string_view>

#include "hdf5/variable.h"

namespace rathaus::hdf5 {

/// "kW h" for "kWh"; empty if UDUNITS has no words for it, such as "EUR". Units are words between
/// slashes, or "days since" a date. readers_test.py asks UDUNITS itself about every unit of a file.
std::string udunits_of(std::string_view unit);

/// The unit of a variable in our own words; empty if it has none.
std::string unit_of(const Variable& variable);

}  // namespace rathaus::hdf5
