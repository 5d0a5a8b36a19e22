// [uncertain] ensemble = "ensemble.csv": whole vectors from a CSV or from a posterior.
#pragma once

#include "config/uncertain_numbers.h"
#include "toml_reader/reader.h"

namespace rathaus::config {

/// Reads the file into the study: its numbers come first among the uncertain ones.
void read_ensemble(toml_reader::Table& table, const std::string& folder,
                   const UncertainNumbers& numbers, Draft& draft);

}  // namespace rathaus::config
