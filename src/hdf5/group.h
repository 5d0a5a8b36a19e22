// A folder inside a result file: makes and opens dimensions, variables and folders below it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "hdf5/object.h"
#include "hdf5/variable.h"

namespace rathaus::hdf5 {

/// What a reader is told about a variable, by the CF conventions.
struct Description {
  std::string units = {};      ///< UDUNITS, such as "EUR"; "1" for counts and shares
  std::string long_name = {};  ///< one line
  std::vector<std::pair<std::string, std::string>> attributes = {};  ///< any further ones
  /// Of a category stored as a number: what first_flag, first_flag + 1, ... stand for, one word
  /// each.
  std::vector<std::string> flags = {};
  int first_flag = 0;
};

class Group : public Object {
 public:
  Group(Handle handle, bool compress) : Object(std::move(handle)), compress_(compress) {}

  /// The group of that name below this one; made if it is not there and the file is being
  /// written, else FileError.
  Group group(const std::string& name) const;

  /// A dimension whose coordinate is text. Dimensions serve their group and all groups below.
  /// An empty one is refused: to a reader it would look unlimited.
  Variable dimension(const std::string& name, std::span<const std::string> labels,
                     const std::string& long_name = "");
  /// A dimension whose coordinate is 0 .. length - 1 (int32).
  Variable dimension(const std::string& name, std::size_t length,
                     const Description& description = {});
  /// A dimension that grows, with an int32 coordinate to append to. `expected` is its length at
  /// the end, if known (0 if not): chunks are cut no longer, which keeps small files small.
  Variable unlimited_dimension(const std::string& name, const Description& description = {},
                               std::size_t expected = 0);

  /// A new variable along dimensions of this group or those above; only the first may be
  /// unlimited. T is its type, std::string for text.
  template <Value T>
  Variable variable(const std::string& name, const std::vector<std::string>& dimensions,
                    const Description& description = {}) {
    return variable(name, type_of<T>(), dimensions, description);
  }
  Variable variable(const std::string& name, Type type, const std::vector<std::string>& dimensions,
                    const Description& description = {});

  /// Writes one text without dimensions, such as a whole input file.
  void text(const std::string& name, const std::string& value);
  std::string text(const std::string& name) const;

  bool has(const std::string& name) const;
  /// An existing variable, by name or path; FileError if there is none.
  Variable variable(const std::string& name) const;
  /// The last place of a dimension; FileError if it has none.
  std::size_t last_place(const std::string& dimension) const;
  /// Names in order of creation; variables include dimensions and single texts.
  std::vector<std::string> variables() const;
  std::vector<std::string> groups() const;

 private:
  struct Axis;

  Axis axis(const std::string& dimension) const;
  Variable make(const std::string& name, Type type, std::span<const Axis> axes,
                const Description& description);
  Variable make_dimension(const std::string& name, Type type, const Axis& axis,
                          const Description& description);
  std::vector<std::string> children(bool groups) const;

  bool compress_;
};

}  // namespace rathaus::hdf5
