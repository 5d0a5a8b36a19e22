#include "config/number_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "files/figures.h"
#include "files/row_errors.h"
#include "study/quantiles.h"

namespace rathaus::config {
namespace {

/// Least and largest value of a bounded shape; of the others what is left of it in practice.
std::pair<double, double> support(const Known& known, const study::Distribution& d) {
  if (d.shape == study::Shape::triangular) return {d.by[0], d.by[2]};
  if (d.shape != study::Shape::normal && d.shape != study::Shape::lognormal)
    return {d.by[0], d.by[1]};
  constexpr double never = 1e-6;
  study::Uncertain number = known.number;
  number.distribution = d;
  const study::Quantiles quantiles(std::span(&number, 1));
  return {quantiles.value(0, never), quantiles.value(0, 1.0 - never)};
}

}  // namespace

bool NumberColumn::is_of_the_row() const {
  static constexpr std::array<std::string_view, 4> words{"point", "particle", "weight", "distance"};
  return std::ranges::find(words, title) != words.end() || title.starts_with("statistic.");
}

std::optional<NumberTable> NumberTable::read(const std::string& path,
                                             const UncertainNumbers& numbers,
                                             Diagnostics& diagnostics) {
  std::optional<files::CsvTable> csv = files::read_csv(path, diagnostics);
  if (!csv || csv->rows() == 0) return std::nullopt;
  NumberTable table(*std::move(csv));
  for (std::size_t c = 0; c < table.csv_.cells(0); ++c) {
    NumberColumn column{c, std::string(table.csv_.cell(0, c)), nullptr};
    if (!column.is_of_the_row()) column.known = numbers.find(column.title);
    for (const NumberColumn& other : table.columns_)
      if (other.title == column.title || (column.known && other.known == column.known))
        diagnostics.error(
            table.csv_.place(0, c),
            other.title == column.title
                ? fmt::format("column '{}' occurs twice (which one counts?) keep one", column.title)
                : fmt::format(
                      "columns '{}' and '{}' are the same number (which one counts?) keep one",
                      other.title, column.title));
    table.columns_.push_back(std::move(column));
  }
  files::RowErrors errors(diagnostics);
  for (std::size_t row = 1; row < table.csv_.rows(); ++row)
    if (table.csv_.cells(row) != table.csv_.cells(0))
      errors.add(table.csv_.place(row),
                 fmt::format("{} fields (the header has {}) {}", table.csv_.cells(row),
                             table.csv_.cells(0),
                             table.csv_.cells(row) > table.csv_.cells(0)
                                 ? "write decimals with a point, and a cell with a separator in "
                                   "quotes"
                                 : "fill the row"));
  errors.finish();
  if (table.rows() == 0) diagnostics.error(table.heading(), "the file has a header and no row");
  return table;
}

const NumberColumn* NumberTable::find(const Known& known) const {
  const auto found = std::ranges::find(columns_, &known, &NumberColumn::known);
  return found == columns_.end() ? nullptr : &*found;
}

std::vector<double> NumberTable::values(const NumberColumn& column,
                                        Diagnostics& diagnostics) const {
  std::vector<double> values;
  std::vector<std::size_t> thousands;
  files::RowErrors errors(diagnostics);
  for (std::size_t row = 0; row < rows(); ++row) {
    if (csv_.cells(row + 1) != csv_.cells(0)) {
      values.push_back(std::numeric_limits<double>::quiet_NaN());
      continue;
    }
    const auto figure = files::figure_of(cell(row, column));
    if (const auto* value = std::get_if<double>(&figure)) {
      if (files::looks_like_thousands(cell(row, column))) thousands.push_back(row);
      values.push_back(*value);
    } else {
      errors.add(place(row, column), fmt::format("{} '{}' {}", column.title, cell(row, column),
                                                 std::get<std::string>(figure)));
      values.push_back(std::numeric_limits<double>::quiet_NaN());
    }
  }
  errors.finish();
  // "100.000" where only 100000 is plausible
  if (column.known != nullptr)
    for (const std::size_t row : thousands) {
      const auto fits = [&](double x) { return x >= column.known->low && x <= column.known->high; };
      if (fits(values[row]) || !fits(1000.0 * values[row])) continue;
      diagnostics.warning(
          place(row, column),
          fmt::format("{} '{}' is {} (the dot is a decimal point, and {} would be plausible) write "
                      "thousands without separators",
                      column.title, cell(row, column), values[row], 1000.0 * values[row]));
      break;
    }
  return values;
}

std::vector<Implausible> implausible(const Plausible& plausible, std::span<const double> values) {
  const Known& known = plausible.known;
  std::vector<Implausible> found;
  const auto outside = [&](double lowest, double highest, const std::string& what) {
    std::size_t count = 0, first = 0;
    const double slack = 1e-9 * (highest - lowest);  // figures that were rounded when written
    for (std::size_t row = values.size(); row-- > 0;)
      if (values[row] < lowest - slack || values[row] > highest + slack) {
        ++count;
        first = row;
      }
    if (count > 0)
      found.push_back({first, fmt::format("{} of {} values of {} lie outside {}, such as {} [{}]",
                                          count, values.size(), known.number.path, what,
                                          values[first], known.number.unit)});
  };
  if (plausible.declared != nullptr) {
    const auto [lowest, highest] = support(known, *plausible.declared);
    outside(lowest, highest, "its distribution " + study::text_of(*plausible.declared));
  } else {
    outside(known.low, known.high,
            fmt::format("the plausible range ({} to {})", known.low, known.high));
  }
  if (const auto thousand = files::thousandfold(values))
    found.push_back({thousand->small,
                     fmt::format("{}: {}", known.number.path, files::text_of(*thousand, values))});
  return found;
}

}  // namespace rathaus::config
