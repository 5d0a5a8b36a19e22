// What groups and variables have in common: a place in the file, and attributes.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "hdf5/handle.h"
#include "hdf5/types.h"

namespace rathaus::hdf5 {

/// Text, or the numbers of an attribute whatever their width.
using AttributeValue = std::variant<std::string, std::vector<std::int64_t>, std::vector<double>>;

/// An open group or variable. Not to be used after its File is committed or gone. HDF5 keeps
/// global state: use the objects of all files from one thread at a time.
class Object {
 public:
  /// Inside the file, such as "/programmes/paid"; "/" is the root.
  std::string path() const;
  /// The last part of the path.
  std::string name() const;

  /// Sets an attribute; one of the same name is replaced.
  void attribute(const std::string& name, std::string_view text);
  template <Number T>
  void attribute(const std::string& name, T number) {
    set_attribute(name, type_of<T>(), &number, single);
  }
  template <Number T>
  void attribute(const std::string& name, std::span<const T> numbers) {
    set_attribute(name, type_of<T>(), numbers.data(), numbers.size());
  }
  template <Number T, std::size_t N>
  void attribute(const std::string& name, const std::array<T, N>& numbers) {
    attribute(name, std::span<const T>(numbers));
  }

  /// In order of creation, without those by which HDF5 and netCDF keep their own books.
  std::vector<std::string> attributes() const;
  bool has_attribute(const std::string& name) const;
  /// FileError if there is none of that name.
  AttributeValue attribute(const std::string& name) const;
  /// FileError if there is none of that name or it is no text.
  std::string text_attribute(const std::string& name) const;
  /// FileError if there is none of that name or it is not one finite number.
  double number_attribute(const std::string& name) const;
  /// FileError if there is none of that name or it is not one whole number from 0 on.
  std::size_t count_attribute(const std::string& name) const;

  /// What to throw if the object does not hold what it should.
  files::FileError damaged(std::string_view why) const;

 protected:
  explicit Object(Handle handle) : handle_(std::move(handle)) {}
  Id id() const;

 private:
  /// Count of a value that has no axis, other than a list of one.
  static constexpr std::size_t single = static_cast<std::size_t>(-1);
  void set_attribute(const std::string& name, Type type, const void* data, std::size_t count);

  Handle handle_;
};

}  // namespace rathaus::hdf5
