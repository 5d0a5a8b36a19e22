// A class of units that a question or a target is about: the weak among the small, in two Länder.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rathaus::analysis {

/// Units that lie in one of the classes of each part; all units if there are no parts.
struct UnitClass {
  /// Groupings that cross, in the order of their names along a dimension.
  static constexpr std::array<std::string_view, 3> groupings{"land", "size_class", "fiscal_class"};

  /// Grouping and labels, at least one; in the order of `groupings`.
  std::vector<std::pair<std::string, std::vector<std::string>>> parts;

  bool is_all() const { return parts.empty(); }
  std::string grouping()
      const;  //!< dimension of the result, "size_class_and_fiscal_class"; "": all
  std::string suffix()
      const;  //!< what variables by that dimension end with: sums by size have none
  std::vector<std::string> labels() const;  //!< along it: "<5k, weak", "5k-20k, weak"
  std::string text() const;                 //!< as people say it: "<5k or 5k-20k, weak"
  bool operator==(const UnitClass&) const = default;
};

/// {"size_class":"<5k","fiscal_class":["weak","middle"]}: one class is a text, several are a list.
/// `Json` is an object of nlohmann's.
template <class Json>
Json json_of(const UnitClass& units) {
  Json object = Json::object();
  for (const auto& [grouping, labels] : units.parts)
    if (labels.size() == 1)
      object[grouping] = labels.front();
    else
      object[grouping] = labels;
  return object;
}

/// The class of a grouping that text() tells.
UnitClass unit_class_of(std::string_view grouping, std::string_view text);

/// Places of these labels along a dimension; one that it has not got is told as its length.
std::vector<std::size_t> places_of(const std::vector<std::string>& labels,
                                   const std::vector<std::string>& known);

}  // namespace rathaus::analysis
