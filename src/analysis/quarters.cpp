#include "analysis/quarters.h"

#include <fmt/format.h>

#include <algorithm>

#include "diagnostics/diagnostics.h"

namespace rathaus::analysis {

std::size_t quarter_index(const hdf5::Group& root, const std::string& name) {
  const auto labels = root.variable("quarter_label").along({"quarter"}).read<std::string>();
  const auto found = std::ranges::find(labels, name);
  if (found != labels.end()) return static_cast<std::size_t>(found - labels.begin());
  if (!name.empty() && name.size() < 4 &&
      std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; }))
    if (const std::size_t index = std::stoul(name); index < labels.size()) return index;
  throw InputError(
      fmt::format("there is no quarter '{}' (the file holds {} to {}) name one of them", name,
                  labels.front(), labels.back()));
}

std::string end_of(const std::string& quarter_label) {
  const std::size_t year = quarter_label.size() - std::min<std::size_t>(3, quarter_label.size());
  return "end of " +
         (quarter_label.ends_with("-Q4") ? quarter_label.substr(0, year) : quarter_label);
}

}  // namespace rathaus::analysis
