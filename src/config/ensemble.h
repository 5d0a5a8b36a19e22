// [uncertain] ensemble = "ensemble.csv": whole vectors from a CSV or from a posterior.
#pragma once

#include "config/uncertain_numbers.h"
#include "toml_reader/reader.h"

namespace rathaus::config {

/// Takes the vectors of a file into the study, whose first uncertain numbers they become; false, and
/// told, if they are none. `value`: who names the file; `written`: as it is named.
bool load_ensemble(const toml_reader::Value& value, const std::string& file,
                   const std::string& written, const std::string& sha256,
                   const UncertainNumbers& numbers, Draft& draft, Diagnostics& diagnostics);

/// Reads the file into the study: its numbers come first among the uncertain ones.
void read_ensemble(toml_reader::Table& table, const std::string& folder,
                   const UncertainNumbers& numbers, Draft& draft);

}  // namespace rathaus::config
