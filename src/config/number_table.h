// A CSV file of numbers of the experiment, one column for each: the points of a list, or the
// vectors of an ensemble.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/uncertain_numbers.h"
#include "diagnostics/diagnostics.h"
#include "files/csv.h"

namespace rathaus::config {

/// Its heading, and which number it is, under any of its names.
struct NumberColumn {
  std::size_t index = 0;  //!< in the file
  std::string title;
  const Known* known = nullptr;  //!< nothing: no number of this experiment

  /// Of the program's own files: which point or particle a row is, its weight, what it gave.
  bool is_of_the_row() const;
};

/// Nothing if the file cannot be read as a table. Errors: a number in two columns, rows of another
/// length than the header, whose values are NaN.
class NumberTable {
 public:
  static std::optional<NumberTable> read(const std::string& path, const UncertainNumbers& numbers,
                                         Diagnostics& diagnostics);

  const std::vector<NumberColumn>& columns() const { return columns_; }
  const NumberColumn* find(const Known& known) const;
  std::size_t rows() const { return csv_.rows() - 1; }
  Place heading() const { return csv_.place(0); }
  Place heading(const NumberColumn& column) const { return csv_.place(0, column.index); }

  /// All values of a column; an error, and NaN, for every cell that is no number.
  std::vector<double> values(const NumberColumn& column, Diagnostics& diagnostics) const;
  Place place(std::size_t row, const NumberColumn& column) const {
    return csv_.place(row + 1, column.index);
  }
  std::string_view cell(std::size_t row, const NumberColumn& column) const {
    return csv_.cell(row + 1, column.index);
  }

 private:
  explicit NumberTable(files::CsvTable csv) : csv_(std::move(csv)) {}

  files::CsvTable csv_;
  std::vector<NumberColumn> columns_;
};

/// Tells values that are possible and look wrong: outside the distribution that was declared, or
/// outside the plausible range where there is none, or a thousandth of the others. One warning
/// each; `place_of` is asked for the first such row.
struct Plausible {
  const Known& known;
  const study::Distribution* declared = nullptr;
};
template <class PlaceOf>
void tell_implausible(const Plausible& plausible, std::span<const double> values, PlaceOf place_of,
                      Diagnostics& diagnostics);

/// The same as a text and the row it is about; nothing if all is well.
struct Implausible {
  std::size_t row = 0;
  std::string text;
};
std::vector<Implausible> implausible(const Plausible& plausible, std::span<const double> values);

template <class PlaceOf>
void tell_implausible(const Plausible& plausible, std::span<const double> values, PlaceOf place_of,
                      Diagnostics& diagnostics) {
  for (const Implausible& found : implausible(plausible, values))
    diagnostics.warning(place_of(found.row), found.text);
}

}  // namespace rathaus::config
