// A sum of variables in a pattern: { sum = "adopters", per = "units", size_class = "<5k" }.
#pragma once

#include <optional>

#include "patterns/pattern.h"
#include "toml_reader/reader.h"

namespace rathaus::config {

/// quarter = "2023-Q3", or quarters = ["2022-Q1", "2024-Q4"]; nothing if neither is there.
std::optional<patterns::Quarters> read_quarters(toml_reader::Table& table);

/// `weighted`: a part of a weighted mean, with its `weight`.
patterns::Term read_term(const toml_reader::Value& value, bool weighted = false);

}  // namespace rathaus::config
