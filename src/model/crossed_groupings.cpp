#include "model/crossed_groupings.h"

namespace rathaus::model {
namespace {

constexpr std::string_view between_names = "_and_", between_labels = ", ";

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
  std::string all;
  for (const std::string& text : texts) {
    if (!all.empty()) all += between;
    all += text;
  }
  return all;
}

}  // namespace

std::vector<std::string> parts_of(std::string_view grouping) {
  std::vector<std::string> parts;
  for (std::size_t end = 0; end != std::string_view::npos;) {
    end = grouping.find(between_names);
    parts.emplace_back(grouping.substr(0, end));
    if (end != std::string_view::npos) grouping.remove_prefix(end + between_names.size());
  }
  return parts;
}

std::string crossed_name(const std::vector<std::string>& groupings) {
  return joined(groupings, between_names);
}

std::string crossed_label(const std::vector<std::string>& labels) {
  return joined(labels, between_labels);
}

std::vector<std::string> crossed_labels(const std::vector<std::vector<std::string>>& parts) {
  std::vector<std::vector<std::string>> rows{{}};
  for (const std::vector<std::string>& labels : parts) {
    std::vector<std::vector<std::string>> longer;
    for (const std::vector<std::string>& row : rows)
      for (const std::string& label : labels) {
        longer.push_back(row);
        longer.back().push_back(label);
      }
    rows = std::move(longer);
  }
  std::vector<std::string> all;
  for (const std::vector<std::string>& row : rows) all.push_back(crossed_label(row));
  return all;
}

}  // namespace rathaus::model
