// A class of units as an experiment names it: { size_class = "<5k", fiscal_class = "weak" }.
#pragma once

#include <string>

#include "config/draft.h"
#include "toml_reader/reader.h"

namespace rathaus::config {

/// Reads the class and remembers what the population must have; it has no parts where that failed.
analysis::UnitClass read_class(const toml_reader::Value& value, Draft& draft);

/// Has the result keep sums by this class.
void keep_class(const analysis::UnitClass& units, study::OutputRequest& output);

/// The class as TOML.
std::string class_text(const analysis::UnitClass& units);

}  // namespace rathaus::config
