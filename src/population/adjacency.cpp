#include "population/adjacency.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string_view>

#include "files/csv.h"
#include "files/row_errors.h"

namespace rathaus::population {
namespace {

std::string unknown_id(const std::string& id, const UnitOfMunicipality& unit_of) {
  if (id.empty()) return "no id (a pair has two ends)";
  const std::string padded = "0" + id;
  return fmt::format(
      "id '{}' is not in the population (a neighbour must be a municipality of it){}", id,
      unit_of.contains(padded)
          ? fmt::format(" did you mean '{}'? Spreadsheets drop leading zeros", padded)
          : "");
}

}  // namespace

Contacts read_adjacency(const std::string& path, const UnitOfMunicipality& unit_of,
                        Diagnostics& diagnostics) {
  const std::optional<files::CsvTable> table = files::read_csv(path, diagnostics);
  if (!table) return {};
  if (table->cells(0) < 2) {
    diagnostics.error(table->place(0),
                      "the header has one column (two columns of ids are expected)");
    return {};
  }
  Contacts contacts;
  contacts.reserve(table->rows());
  files::RowErrors errors(diagnostics);
  for (std::size_t row = 1; row < table->rows(); ++row) {
    if (table->cells(row) != table->cells(0)) {
      errors.add(table->place(row),
                 fmt::format("{} fields (the header has {})", table->cells(row), table->cells(0)));
      continue;
    }
    std::array<std::uint32_t, 2> end{not_selected, not_selected};
    for (std::size_t side = 0; side < 2; ++side) {
      const std::string id(table->cell(row, side));
      if (const auto unit = unit_of.find(id); unit != unit_of.end())
        end[side] = unit->second;
      else
        errors.add(table->place(row, side), unknown_id(id, unit_of));
    }
    if (end[0] != not_selected && end[1] != not_selected && end[0] != end[1])
      contacts.emplace_back(end[0], end[1]);
  }
  errors.finish();
  return contacts;
}

}  // namespace rathaus::population
