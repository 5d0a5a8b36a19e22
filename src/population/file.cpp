#include "population/file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "files/csv.h"
#include "files/figures.h"
#include "files/number.h"
#include "files/row_errors.h"

namespace rathaus::population {
namespace {

enum Column : std::size_t {
  id,
  name,
  land,
  region,
  population,  // required up to here
  administration,
  lon,
  lat,
  fiscal,
  provider,
  innov,
  trust,
  column_count
};
constexpr std::size_t required_columns = 5;
constexpr std::array<std::string_view, column_count> column_names{
    "id",  "name", "land",   "region",   "population", "administration",
    "lon", "lat",  "fiscal", "provider", "innov",      "trust"};
constexpr std::array<std::string_view, required_columns> column_purpose{
    "tells the units apart", "is what reports call a unit", "results are grouped by it",
    "units of one region cooperate", "benefit and cost grow with inhabitants"};

/// The whole text as a whole number; nothing if anything else is in it.
std::optional<std::int32_t> whole_number(std::string_view text) {
  std::int32_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

class FileReader {
 public:
  FileReader(const files::CsvTable& table, Diagnostics& diagnostics)
      : table_(table), diagnostics_(diagnostics), errors_(diagnostics) {}

  std::vector<Unit> read() {
    read_header();
    if (!complete_) return {};
    std::vector<Unit> units;
    units.reserve(table_.rows() - 1);
    for (std::size_t row = 1; row < table_.rows(); ++row)
      if (has_all_cells(row)) units.push_back(read_row(row));
    errors_.finish();
    if (units.empty() && table_.rows() == 1)
      diagnostics_.error(table_.place(0), "the file has a header and no row (nobody to simulate)");
    for (const Column column : {fiscal, provider, innov, trust})
      require_all_or_none(column, units.size());
    tell_thousandfold(population, units, [](const Unit& unit) { return double(unit.population); });
    tell_thousandfold(fiscal, units, [](const Unit& unit) { return unit.fiscal; });
    return units;
  }

 private:
  void read_header() {
    std::vector<std::string_view> strange;
    for (std::size_t c = 0; c < table_.cells(0); ++c) {
      const std::string_view title = table_.cell(0, c);
      const auto known = std::ranges::find(column_names, title);
      if (known == column_names.end()) {
        strange.push_back(title);
        continue;
      }
      std::optional<std::size_t>& at = at_[static_cast<std::size_t>(known - column_names.begin())];
      if (at)
        diagnostics_.error(table_.place(0, c),
                           fmt::format("column '{}' occurs twice (which one counts?)", title));
      at = c;
    }
    for (std::size_t column = 0; column < required_columns; ++column)
      if (!at_[column]) report_missing(column, column_purpose[column], strange);
    if (at_[lon].has_value() != at_[lat].has_value())
      report_missing(at_[lon] ? lat : lon, "a place needs both coordinates", strange);
    if (!strange.empty()) report_strange(strange);
  }

  void report_missing(std::size_t column, std::string_view purpose,
                      const std::vector<std::string_view>& strange) {
    complete_ = false;
    const std::string similar = nearest(column_names[column], strange);
    diagnostics_.error(
        table_.place(0),
        fmt::format("column '{}' is missing ({}){}", column_names[column], purpose,
                    similar.empty() ? "" : fmt::format(" is it '{}'? Rename it", similar)));
  }

  void report_strange(const std::vector<std::string_view>& strange) {
    std::vector<std::string> similar;
    for (const std::string_view title : strange)
      if (const std::string near = nearest(title, column_names); !near.empty())
        similar.push_back(fmt::format("did you mean '{}' by '{}'?", near, title));
    diagnostics_.warning(
        table_.place(0),
        fmt::format("columns that are not known and not read: '{}'", fmt::join(strange, "', '")) +
            Suggestion{fmt::format("{}", fmt::join(similar, " "))});
  }

  bool has_all_cells(std::size_t row) {
    if (table_.cells(row) == table_.cells(0)) return true;
    errors_.add(table_.place(row),
                fmt::format("{} fields (the header has {}) put a cell with a separator in quotes",
                            table_.cells(row), table_.cells(0)));
    return false;
  }

  Unit read_row(std::size_t row) {
    Unit unit;
    unit.line = table_.line(row);
    unit.id = required_text(row, id);
    unit.name = text(row, name);
    unit.land = required_text(row, land);
    unit.region = required_text(row, region);
    unit.administration = text(row, administration);
    unit.provider = optional_text(row, provider);
    unit.population = inhabitants(row);
    unit.longitude = decimal(row, lon, -180.0, 180.0, "a longitude lies in -180 ... 180 degrees");
    unit.latitude = decimal(row, lat, -90.0, 90.0, "a latitude lies in -90 ... 90 degrees");
    if (text(row, lon).empty() != text(row, lat).empty())
      errors_.add(place(row, lon),
                  "only one of lon and lat is given (a place needs both) give both or none");
    constexpr double huge = std::numeric_limits<double>::max();
    unit.fiscal = decimal(row, fiscal, std::numeric_limits<double>::min(), huge,
                          "fiscal strength is relative to the mean and above 0");
    unit.innovativeness = decimal(row, innov, -huge, huge, "innovativeness is a finite number");
    unit.trust = decimal(row, trust, 0.0, 1.0, "trust lies in 0 ... 1");
    const auto [first, is_new] = line_of_id_.try_emplace(text(row, id), unit.line);
    if (!is_new && !unit.id.empty())
      errors_.add(place(row, id),
                  fmt::format("id '{}' occurs twice (first in line {})", unit.id, first->second));
    return unit;
  }

  std::string_view text(std::size_t row, Column column) const {
    return at_[column] ? table_.cell(row, *at_[column]) : std::string_view{};
  }
  Place place(std::size_t row, Column column) const { return table_.place(row, *at_[column]); }

  std::string required_text(std::size_t row, Column column) {
    const std::string_view cell = text(row, column);
    if (cell.empty())
      errors_.add(place(row, column),
                  fmt::format("no {} ({})", column_names[column], column_purpose[column]));
    return std::string(cell);
  }

  std::string_view optional_text(std::size_t row, Column column) {
    const std::string_view cell = text(row, column);
    if (at_[column] && cell.empty()) empty_lines_[column].push_back(table_.line(row));
    return cell;
  }

  std::int32_t inhabitants(std::size_t row) {
    const std::string_view cell = text(row, population);
    const std::optional<std::int32_t> value = whole_number(cell);
    if (value && *value > 0) return *value;
    const std::string_view problem =
        cell.empty() ? "(every unit has inhabitants)"
        : value      ? "(it must be positive) leave out places without inhabitants"
                : "(it is not a whole number up to 2147483647) write digits only, such as 12345";
    errors_.add(place(row, population), fmt::format("population '{}' {}", cell, problem));
    return 1;
  }

  /// NaN if the cell is empty or there is no such column.
  double decimal(std::size_t row, Column column, double lowest, double highest,
                 std::string_view rule) {
    const std::string_view cell = optional_text(row, column);
    if (cell.empty()) return unknown;
    const std::optional<double> value = files::number_of(cell);
    if (value && *value >= lowest && *value <= highest) return *value;
    errors_.add(place(row, column),
                value
                    ? fmt::format("{} '{}' is out of range ({})", column_names[column], cell, rule)
                    : fmt::format("{} '{}' is not a number ({}) write a decimal point, such as "
                                  "0.85",
                                  column_names[column], cell, rule));
    return unknown;
  }

  template <class ValueOf>
  void tell_thousandfold(Column column, const std::vector<Unit>& units, ValueOf value_of) {
    std::vector<double> figures;
    for (const Unit& unit : units) figures.push_back(value_of(unit));
    if (const auto found = files::thousandfold(figures))
      diagnostics_.warning(
          {table_.place(0).file, units[found->small].line, 0},
          fmt::format("{}: {}", column_names[column], files::text_of(*found, figures)));
  }

  void require_all_or_none(Column column, std::size_t rows) {
    const std::span<const std::size_t> empty = empty_lines_[column];
    if (empty.empty() || empty.size() == rows) return;
    const auto first = empty.first(std::min<std::size_t>(5, empty.size()));
    diagnostics_.error(
        {table_.place(0).file, first.front(), 0},
        fmt::format("{} is empty in {} of {} rows: line {}{} (given values and drawn ones do not "
                    "mix) fill them or drop the column",
                    column_names[column], empty.size(), rows, fmt::join(first, ", "),
                    first.size() < empty.size() ? ", ..." : ""));
  }

  const files::CsvTable& table_;
  Diagnostics& diagnostics_;
  files::RowErrors errors_;
  std::array<std::optional<std::size_t>, column_count> at_;  // where a column stands in the file
  bool complete_ = true;                                     // all required columns are there
  std::unordered_map<std::string_view, std::size_t> line_of_id_;
  std::array<std::vector<std::size_t>, column_count> empty_lines_;
};

}  // namespace

std::vector<Unit> read_population_file(const std::string& path, Diagnostics& diagnostics) {
  const std::optional<files::CsvTable> table = files::read_csv(path, diagnostics);
  if (!table || table->rows() == 0) return {};
  return FileReader(*table, diagnostics).read();
}

}  // namespace rathaus::population
