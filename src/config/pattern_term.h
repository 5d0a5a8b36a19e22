// A sum of variables in a pattern: { sum = "adopters", per = "units", size_class = "<5k" }.
#pragma once

#include <optional>

#include "config/reader.h"
#include "patterns/pattern.h"

namespace rathaus::config {

/// quarter = "2023-Q3", or quarters = ["2022-Q1", "2024-Q4"]; nothing if neither is there.
std::optional<patterns::Quarters> read_quarters(Table& table);

patterns::Term read_term(const Value& value);

}  // namespace rathaus::config
