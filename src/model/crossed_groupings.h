// Groupings by several properties of a unit at once: the weak among the small.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace rathaus::model {

/// Groupings that stand alone, in the order in which they cross.
inline constexpr std::array<std::string_view, 3> plain_groupings{"land", "size_class",
                                                                 "fiscal_class"};
/// "size_class_and_fiscal_class": the dimension of the result; its labels are "<5k, weak".
inline constexpr std::array<std::string_view, 4> crossed_groupings{
    "land_and_size_class", "land_and_fiscal_class", "size_class_and_fiscal_class",
    "land_and_size_class_and_fiscal_class"};

/// The plain groupings that a grouping crosses; itself if it is one.
std::vector<std::string> parts_of(std::string_view grouping);
/// The name of a grouping by these, which are in the order of plain_groupings.
std::string crossed_name(const std::vector<std::string>& groupings);
/// The label of the class that lies in all of these.
std::string crossed_label(const std::vector<std::string>& labels);
/// All labels, the last part fastest.
std::vector<std::string> crossed_labels(const std::vector<std::vector<std::string>>& parts);

}  // namespace rathaus::model
