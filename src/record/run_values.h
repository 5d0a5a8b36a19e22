// One run as it is written: which it is, and the values of its variables.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/variables.h"

namespace rathaus::record {

struct RunValues {
  std::uint32_t scenario = 0;
  study::CaseId id{};
  bool fixed_demand = false;
  std::vector<Values> values;  //!< as the variables of the study; empty ones are not written
};

RunValues values_of(std::span<const Variable> variables, const RunView& view);

/// As bytes and back, for case logs.
std::string to_bytes(std::span<const RunValues> runs);
/// std::length_error if they are too few, which only another build can have written.
std::vector<RunValues> from_bytes(std::string_view bytes);

}  // namespace rathaus::record
