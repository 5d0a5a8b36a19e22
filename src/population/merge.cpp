#include "population/merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <tuple>
#include <utility>

namespace rathaus::population {
namespace {

/// Members come in byte order of their ids, so that sums do not depend on the order of the file.
double mean(std::span<const Unit> members, double Unit::*value) {
  double sum = 0.0;
  double inhabitants = 0.0;
  for (const Unit& member : members) {
    sum += member.population * (member.*value);
    inhabitants += member.population;
  }
  return sum / inhabitants;
}

Unit merged(std::span<const Unit> members, const std::string& file, Diagnostics& diagnostics) {
  const Unit& largest =
      *std::ranges::max_element(members, {}, &Unit::population);  // first of equals
  std::int64_t inhabitants = 0;
  for (const Unit& member : members) inhabitants += member.population;
  if (inhabitants > std::numeric_limits<std::int32_t>::max())
    diagnostics.error(
        {file, largest.line, 0},
        fmt::format("administration '{}' has {} inhabitants (more than 2147483647) are "
                    "its {} members one administration?",
                    largest.administration, inhabitants, members.size()));
  Unit unit = largest;
  unit.population = static_cast<std::int32_t>(inhabitants);
  for (double Unit::*value :
       {&Unit::longitude, &Unit::latitude, &Unit::fiscal, &Unit::innovativeness, &Unit::trust})
    unit.*value = mean(members, value);
  return unit;
}

}  // namespace

const std::string& deciding_unit(const Unit& municipality, UnitKind kind) {
  const bool joint = kind == UnitKind::administration && !municipality.administration.empty();
  return joint ? municipality.administration : municipality.id;
}

void merge(std::vector<Unit>& rows, UnitKind kind, const std::string& file,
           Diagnostics& diagnostics) {
  const auto unit_then_id = [kind](const Unit& a, const Unit& b) {
    return std::tie(deciding_unit(a, kind), a.id) < std::tie(deciding_unit(b, kind), b.id);
  };
  if (!std::ranges::is_sorted(rows, unit_then_id)) std::ranges::sort(rows, unit_then_id);

  std::size_t kept = 0;
  for (std::size_t first = 0, last = 0; first < rows.size(); first = last) {
    std::string id = deciding_unit(rows[first], kind);
    while (last < rows.size() && deciding_unit(rows[last], kind) == id) ++last;
    const std::span<const Unit> members(rows.data() + first, last - first);
    Unit unit = members.size() == 1 ? std::move(rows[first]) : merged(members, file, diagnostics);
    unit.id = std::move(id);
    unit.entity = static_cast<std::uint32_t>(kept);
    rows[kept++] = std::move(unit);
  }
  rows.resize(kept);
}

}  // namespace rathaus::population
