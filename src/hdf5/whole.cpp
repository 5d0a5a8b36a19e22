#include "hdf5/whole.h"

#include <fmt/format.h>

#include <map>

namespace rathaus::hdf5 {
namespace {

using Lengths = std::map<std::string, std::size_t>;

/// One that cannot be understood is of another tool, and harms only who asks for it.
void read_attributes(const Object& object) {
  for (const std::string& name : object.attributes()) try {
      object.attribute(name);
    } catch (const files::FileError&) {
    }
}

void check_lengths(const Variable& variable, const Lengths& lengths) {
  const std::vector<std::string> dimensions = variable.dimensions();
  for (std::size_t axis = 0; axis < dimensions.size(); ++axis) {
    const auto known = lengths.find(dimensions[axis]);
    if (known != lengths.end() && variable.shape()[axis] != known->second)
      throw files::FileError(fmt::format("variable {} has {} values along '{}' instead of {}",
                                         variable.path(), variable.shape()[axis], dimensions[axis],
                                         known->second));
  }
}

/// `lengths` are those of the groups above; `depth` ends a group that holds itself.
void check(const Group& group, Lengths lengths, std::optional<std::uintmax_t> file_size,
           int depth) {
  constexpr int deepest = 8;
  if (depth > deepest) throw files::FileError(fmt::format("{} lies too deep", group.path()));
  const std::vector<std::string> names = group.variables();
  for (const std::string& name : names)
    if (const Variable variable = group.variable(name); variable.is_dimension()) {
      if (variable.shape().size() != 1)
        throw files::FileError(fmt::format("dimension {} is no list", variable.path()));
      lengths[name] = variable.rows();
    }
  if (file_size) read_attributes(group);
  for (const std::string& name : names) {
    const Variable variable = group.variable(name);
    if (!variable.written())
      throw files::FileError(fmt::format("variable {} was never written", variable.path()));
    check_lengths(variable, lengths);
    if (!file_size) continue;
    variable.check_storage(*file_size);
    read_attributes(variable);
    if (variable.type() == Type::text) variable.read<std::string>();
  }
  for (const std::string& name : group.groups())
    check(group.group(name), lengths, file_size, depth + 1);
}

}  // namespace

void check_whole(const Group& root, std::optional<std::uintmax_t> file_size) {
  check(root, {}, file_size, 0);
}

}  // namespace rathaus::hdf5
