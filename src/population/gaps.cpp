#include "population/gaps.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace rathaus::population {
namespace {

void report_coordinates(const std::vector<Unit>& units, const Place& file,
                        Diagnostics& diagnostics) {
  const auto without = static_cast<std::size_t>(
      std::ranges::count_if(units, [](const Unit& unit) { return !unit.has_coordinates(); }));
  if (without == 0 || without == units.size()) return;
  diagnostics.warning(file, fmt::format("coordinates missing for {} of {} units: neighbours taken "
                                        "from the region instead",
                                        without, units.size()));
}

void report_fiscal_mean(const std::vector<Unit>& units, const Place& file,
                        Diagnostics& diagnostics) {
  double mean = 0.0;
  for (const Unit& unit : units) mean += unit.fiscal / static_cast<double>(units.size());
  if (mean >= 0.5 && mean <= 2.0) return;
  diagnostics.warning(file,
                      fmt::format("fiscal strength is {:.4g} on average (1 stands for the mean "
                                  "of the country) is it in EUR? Divide by that mean",
                                  mean));
}

/// A region is a group that cooperates; two Länder with a region of the same name would share one.
void report_split_region(const std::vector<Unit>& units, const Place& file,
                         Diagnostics& diagnostics) {
  std::unordered_map<std::string_view, const Unit*> first;
  for (const Unit& unit : units) {
    const Unit& other = *first.try_emplace(unit.region, &unit).first->second;
    if (other.land == unit.land) continue;
    return diagnostics.warning(
        {file.file, unit.line, 0},
        fmt::format("region '{}' lies in {} and in {} (its units count as one region) give two "
                    "regions two names",
                    unit.region, other.land, unit.land));
  }
}

}  // namespace

void report_gaps(const std::vector<Unit>& units, const std::string& file, Diagnostics& diagnostics,
                 std::vector<std::string>& notes) {
  const bool fiscal_given = is_known(units.front().fiscal);
  if (!fiscal_given) notes.push_back("fiscal strength is drawn by chance");
  if (units.front().provider.empty()) notes.push_back("the region serves as IT-provider group");
  if (file.empty()) return;

  report_coordinates(units, {file}, diagnostics);
  report_split_region(units, {file}, diagnostics);
  if (fiscal_given)
    report_fiscal_mean(units, {file}, diagnostics);
  else
    diagnostics.warning({file},
                        "no column 'fiscal' (the fiscal strength of real places is drawn by "
                        "chance) join figures of their finances if you have them");
}

}  // namespace rathaus::population
