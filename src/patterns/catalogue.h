// The variables that patterns may be about, as docs/file_format.md names them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rathaus::patterns {

struct AxisInfo {
  std::string name;
  std::vector<std::string_view> labels;  //!< empty: they depend on the study
};

/// Every variable that a pattern may sum, by its path in the result file.
std::vector<std::string> known_variables();

/// Axes of a known variable by which classes can be chosen: all but quarter and horizon.
std::vector<AxisInfo> axes_of(std::string_view variable);

/// Whether a known variable has values over the quarters, which paths and sums over time need.
bool is_over_time(std::string_view variable);

}  // namespace rathaus::patterns
