#include "analysis/unit_class.h"

#include <algorithm>

namespace rathaus::analysis {
namespace {

constexpr std::string_view between_groupings = "_and_", between_labels = ", ",
                           between_choices = " or ";

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
  std::string all;
  for (const std::string& text : texts) {
    if (!all.empty()) all += between;
    all += text;
  }
  return all;
}

std::vector<std::string> split(std::string_view text, std::string_view between) {
  std::vector<std::string> parts;
  for (std::size_t end = 0; end != std::string_view::npos;) {
    end = text.find(between);
    parts.emplace_back(text.substr(0, end));
    if (end != std::string_view::npos) text.remove_prefix(end + between.size());
  }
  return parts;
}

}  // namespace

std::string UnitClass::grouping() const {
  std::vector<std::string> names;
  for (const auto& [name, labels] : parts) names.push_back(name);
  return joined(names, between_groupings);
}

std::string UnitClass::suffix() const {
  const std::string dimension = grouping();
  return dimension.empty() || dimension == "size_class" ? "" : "_by_" + dimension;
}

std::vector<std::string> UnitClass::labels() const {
  if (parts.empty()) return {};
  std::vector<std::string> all{""};
  for (const auto& [name, labels] : parts) {
    std::vector<std::string> longer;
    for (const std::string& begin : all)
      for (const std::string& label : labels)
        longer.push_back(begin.empty() ? label : begin + std::string(between_labels) + label);
    all = std::move(longer);
  }
  return all;
}

std::string UnitClass::text() const {
  std::vector<std::string> texts;
  for (const auto& [name, labels] : parts) texts.push_back(joined(labels, between_choices));
  return joined(texts, between_labels);
}

UnitClass unit_class_of(std::string_view grouping, std::string_view text) {
  UnitClass units;
  if (grouping.empty()) return units;
  const std::vector<std::string> names = split(grouping, between_groupings);
  const std::vector<std::string> texts =
      names.size() == 1 ? std::vector<std::string>{std::string(text)} : split(text, between_labels);
  for (std::size_t i = 0; i < std::min(names.size(), texts.size()); ++i)
    units.parts.emplace_back(names[i], split(texts[i], between_choices));
  return units;
}

std::vector<std::size_t> places_of(const std::vector<std::string>& labels,
                                   const std::vector<std::string>& known) {
  std::vector<std::size_t> places;
  for (const std::string& label : labels)
    places.push_back(static_cast<std::size_t>(std::ranges::find(known, label) - known.begin()));
  return places;
}

}  // namespace rathaus::analysis
