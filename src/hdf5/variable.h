// An array in a result file, with a named dimension on every axis.
#pragma once

#include <cstddef>
#include <cstdint>
#include <ranges>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "hdf5/object.h"

namespace rathaus::hdf5 {

/// Row-major values of one Type. The rows of a variable are its slabs along the first axis; a
/// scalar is one row.
///
/// Appending row by row costs a few microseconds each and compresses nothing twice: HDF5 keeps
/// the unfinished chunk of every variable in its chunk cache (at most 1 MiB each, chunk_shape)
/// until it is full. Append to a variable through one and the same Variable: each remembers the
/// shape it has seen.
class Variable : public Object {
 public:
  explicit Variable(Handle handle);

  Type type() const { return type_; }
  const std::vector<std::size_t>& shape() const { return shape_; }
  std::size_t rows() const { return shape_.empty() ? 1 : shape_.front(); }
  /// Values in one row.
  std::size_t row_size() const;
  /// Name of the dimension of each axis; "" where an axis has none, which ours never do.
  std::vector<std::string> dimensions() const;
  /// Whether this is itself a dimension's coordinate, such as `quarter`.
  bool is_dimension() const;
  /// Whether values were ever written, or there are none to write.
  bool written() const;
  /// FileError unless its axes are these dimensions, in this order; further ones may follow if
  /// `or_more`. File::open has made sure that it is as long as they are.
  const Variable& along(const std::vector<std::string>& dimensions, bool or_more = false) const;
  /// FileError unless all of its values lie within a file of that size [B], in pieces as large as
  /// they should be.
  void check_storage(std::uintmax_t file_size) const;

  /// Adds whole rows along the first axis, which must be unlimited. Values of any contiguous
  /// range, of exactly the variable's type: nothing is converted. FileError if the disk is full.
  template <std::ranges::contiguous_range Range>
  void append(const Range& values) {
    using T = std::ranges::range_value_t<Range>;
    append_values(std::span<const T>(std::ranges::data(values), std::ranges::size(values)));
  }

  /// Writes all values of a variable of fixed shape. Otherwise as append.
  template <std::ranges::contiguous_range Range>
  void write(const Range& values) {
    using T = std::ranges::range_value_t<Range>;
    write_values(std::span<const T>(std::ranges::data(values), std::ranges::size(values)));
  }

  static constexpr std::size_t all = static_cast<std::size_t>(-1);

  /// Rows first .. first + count - 1, row-major. Numbers are converted to T; FileError if one
  /// does not fit it (a fraction in an integer, too large). Text is read as std::string.
  template <Value T>
  std::vector<T> read(std::size_t first = 0, std::size_t count = all) const {
    std::vector<T> values(row_size() * rows_from(first, count));
    read_rows(std::span<T>(values), first);
    return values;
  }

  /// Values that are places on an axis of that length; FileError if one lies beyond it.
  std::vector<std::size_t> read_places(std::size_t length, std::size_t first = 0,
                                       std::size_t count = all) const;

  /// Places first .. first + count - 1 of the second axis, of all rows: (rows, count, ...). For a
  /// variable whose whole would not fit into memory.
  template <Number T>
  std::vector<T> read_columns(std::size_t first, std::size_t count) const {
    if (shape_.size() < 2 || first > shape_[1] || count > shape_[1] - first)
      throw std::out_of_range(path() + " has no such columns");
    std::vector<std::size_t> counts = shape_;
    counts[1] = count;
    std::vector<T> values(row_size() / shape_[1] * count * rows());
    read_selected(type_of<T>(), values.data(), values.size(), select(counts, 0, first));
    return values;
  }

 private:
  template <Number T>
  void append_values(std::span<const T> values) {
    append_rows(type_of<T>(), values.data(), values.size());
  }
  void append_values(std::span<const std::string> texts);
  template <Number T>
  void write_values(std::span<const T> values) {
    write_rows(type_of<T>(), values.data(), values.size(), 0);
  }
  void write_values(std::span<const std::string> texts);
  template <Number T>
  void read_rows(std::span<T> values, std::size_t first) const {
    read_rows(type_of<T>(), values.data(), values.size(), first);
  }
  void read_rows(std::span<std::string> texts, std::size_t first) const;

  std::size_t rows_from(std::size_t first, std::size_t count) const;
  void check_type(Type type) const;
  void append_rows(Type type, const void* data, std::size_t size);
  void write_rows(Type type, const void* data, std::size_t size, std::size_t first);
  void read_rows(Type type, void* data, std::size_t size, std::size_t first) const;
  /// A box of the variable. Both spaces have the same rank: HDF5 copies element by element if they
  /// have not, in seven times as many instructions.
  struct Selection {
    Handle in_file, in_memory;
  };
  /// As many rows as `size` values fill, from `first` on.
  Selection select_rows(std::size_t size, std::size_t first) const;
  Selection select(const std::vector<std::size_t>& counts, std::size_t first_row,
                   std::size_t first_column) const;
  void read_selected(Type type, void* data, std::size_t size, const Selection& selection) const;

  Type type_ = Type::int8;
  std::vector<std::size_t> shape_;
};

}  // namespace rathaus::hdf5
