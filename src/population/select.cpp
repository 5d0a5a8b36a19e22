#include "population/select.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

namespace rathaus::population {
namespace {

/// What the units have in one column, in byte order.
std::vector<std::string_view> values(const std::vector<Unit>& units, std::string Unit::*column) {
  std::set<std::string_view> found;
  for (const Unit& unit : units) found.insert(unit.*column);
  return {found.begin(), found.end()};
}

/// The nearest spelling, or all there are if a line of text can hold them.
Suggestion hint(std::string_view word, const std::vector<std::string_view>& known) {
  if (const std::string similar = nearest(word, known); !similar.empty())
    return {fmt::format("did you mean '{}'?", similar)};
  if (known.size() > 40) return {fmt::format("it has {} others", known.size())};
  return {fmt::format("known: {}", fmt::join(known, ", "))};
}

/// Complains about wanted words that no unit has.
void require_known(const std::vector<std::string>& wanted, std::string_view column,
                   const std::vector<std::string_view>& known, Diagnostics& diagnostics) {
  for (const std::string& word : wanted)
    if (!std::ranges::binary_search(known, word))
      diagnostics.error(
          {}, fmt::format("select: no unit has {} '{}'", column, word) + hint(word, known));
}

bool is_listed(const std::vector<std::string>& wanted, const std::string& value) {
  return wanted.empty() || std::ranges::find(wanted, value) != wanted.end();
}

}  // namespace

void select(std::vector<Unit>& units, const Request& request, Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.errors().size();
  const std::vector<std::string_view> lands = values(units, &Unit::land);
  require_known(request.select_land, "land", lands, diagnostics);
  if (!request.select_region.empty())
    require_known(request.select_region, "region", values(units, &Unit::region), diagnostics);
  if (diagnostics.errors().size() > errors_before) return;

  const auto is_selected = [&](const Unit& unit) {
    return is_listed(request.select_land, unit.land) &&
           is_listed(request.select_region, unit.region) &&
           (!request.population_at_least || unit.population >= *request.population_at_least) &&
           (!request.population_below || unit.population < *request.population_below);
  };
  if (std::ranges::none_of(units, is_selected)) {
    diagnostics.error({}, fmt::format("select: no unit is left of {} (no unit meets all its "
                                      "conditions) the population has the Länder {}",
                                      units.size(), fmt::join(lands, ", ")));
    return;
  }
  std::erase_if(units, [&](const Unit& unit) { return !is_selected(unit); });
}

}  // namespace rathaus::population
