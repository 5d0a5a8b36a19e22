#include "hdf5/udunits.h"

#include <algorithm>
#include <array>
#include <utility>

namespace rathaus::hdf5 {

std::string udunits_of(std::string_view unit) {
  using Word = std::pair<std::string_view, std::string_view>;  // ours, theirs
  constexpr std::array<Word, 9> words{{{"1", "1"},
                                       {"%", "%"},
                                       {"s", "s"},
                                       {"day", "day"},
                                       {"year", "year"},
                                       {"kWh", "kW h"},
                                       {"kg", "kg"},
                                       {"degrees_east", "degrees_east"},
                                       {"degrees_north", "degrees_north"}}};
  if (unit.starts_with("days since ")) return std::string(unit);
  std::string theirs;
  for (std::size_t begin = 0; begin <= unit.size();) {
    const std::size_t end = std::min(unit.find('/', begin), unit.size());
    const auto word = std::ranges::find(words, unit.substr(begin, end - begin), &Word::first);
    if (word == words.end()) return "";
    if (begin > 0) theirs += "/";
    theirs += word->second;
    begin = end + 1;
  }
  return theirs;
}

std::string unit_of(const Variable& variable) {
  for (const char* name : {"unit", "units"})
    if (variable.has_attribute(name)) return variable.text_attribute(name);
  return "";
}

}  // namespace rathaus::hdf5
