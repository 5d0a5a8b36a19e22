#include "hdf5/digest.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <type_traits>
#include <utility>
#include <vector>

#include "files/sha256.h"
#include "hdf5/file.h"

namespace rathaus::hdf5 {
namespace {

// Values are summed as they lie in memory.
static_assert(std::endian::native == std::endian::little);

/// Rows next to each other in the file: the first, and how many.
using Rows = std::pair<std::size_t, std::size_t>;

/// The rows of a file in order of run number, joined as far as they lie that way.
std::vector<Rows> in_run_order(const std::vector<std::int64_t>& runs) {
  std::vector<std::size_t> order(runs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t row) { return runs[row]; });
  std::vector<Rows> parts;
  for (const std::size_t row : order)
    if (!parts.empty() && parts.back().first + parts.back().second == row)
      ++parts.back().second;
    else
      parts.emplace_back(row, 1);
  return parts;
}

bool along_run(const Variable& variable) {
  return !variable.shape().empty() && variable.dimensions().front() == "run";
}

/// What says when and which run it was, not what came out: times, dates, and the copies that groups
/// hold of the root's index columns.
bool is_no_result(std::string_view name, bool is_root) {
  return name == "run_wall_time" || name == "time" || name == "time_bounds" ||
         (!is_root && name.starts_with("run_"));
}

/// Paths of the variables that count. Not the variables: each open one keeps its last chunk.
void collect(const Group& group, bool is_root, std::set<std::string>& found) {
  for (const std::string& name : group.variables()) {
    const Variable variable = group.variable(name);
    if (variable.is_dimension() || variable.type() == Type::text || is_no_result(name, is_root))
      continue;
    if (is_root || along_run(variable) || group.path() == "/panel") found.insert(variable.path());
  }
  for (const std::string& name : group.groups())
    if (!is_root || (name != "summary" && name != "provenance"))
      collect(group.group(name), false, found);
}

/// Which NaN stands for a missing value is not part of a result: processors make different ones.
template <Number T>
std::vector<T> canonical(std::vector<T> values) {
  if constexpr (std::is_floating_point_v<T>)
    for (T& value : values)
      if (std::isnan(value)) value = std::numeric_limits<T>::quiet_NaN();
  return values;
}

template <Number T>
void add(files::Sha256& sum, const Variable& variable, const std::vector<Rows>& parts) {
  constexpr std::size_t block_bytes = 1 << 20;
  const std::size_t row_bytes = std::max<std::size_t>(1, variable.row_size() * sizeof(T));
  const std::size_t block = std::max<std::size_t>(1, block_bytes / row_bytes);
  for (auto [first, count] : parts)
    for (; count > 0;) {
      const std::size_t rows = std::min(block, count);
      sum.update(std::as_bytes(std::span<const T>(canonical(variable.read<T>(first, rows)))));
      first += rows;
      count -= rows;
    }
}

void add(files::Sha256& sum, const Variable& variable, const std::vector<Rows>& parts) {
  switch (variable.type()) {
    case Type::int8:
      return add<std::int8_t>(sum, variable, parts);
    case Type::int16:
      return add<std::int16_t>(sum, variable, parts);
    case Type::int32:
      return add<std::int32_t>(sum, variable, parts);
    case Type::int64:
      return add<std::int64_t>(sum, variable, parts);
    case Type::float32:
      return add<float>(sum, variable, parts);
    case Type::float64:
      return add<double>(sum, variable, parts);
    case Type::text:
      return;
  }
}

}  // namespace

std::string digest(const std::filesystem::path& path) {
  const File file = File::open(path);
  const Group root = file.root();
  std::vector<std::int64_t> runs;
  if (root.has("run")) runs = root.variable("run").read<std::int64_t>();
  const std::vector<Rows> order = in_run_order(runs);

  std::set<std::string> paths;
  collect(root, true, paths);
  files::Sha256 sum;
  for (const std::string& name : paths) {
    const Variable variable = root.variable(name);
    const bool by_run = along_run(variable);
    if (by_run && variable.rows() != runs.size())
      throw files::FileError(
          path, fmt::format("{} holds {} runs instead of {}", name, variable.rows(), runs.size()));
    sum.update(fmt::format("{} {} {}\n", name, name_of(variable.type()),
                           fmt::join(variable.shape(), " ")));
    add(sum, variable, by_run ? order : std::vector<Rows>{{0, variable.rows()}});
  }
  return sum.hex();
}

}  // namespace rathaus::hdf5
