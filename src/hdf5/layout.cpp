#include "hdf5/layout.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace rathaus::hdf5 {

std::vector<std::size_t> chunk_shape(std::vector<std::size_t> shape, std::size_t value_bytes) {
  constexpr std::size_t usual_rows = 64;
  const auto parts = [](std::size_t whole, std::size_t part) { return (whole + part - 1) / part; };
  const std::size_t row =
      std::accumulate(shape.begin() + 1, shape.end(), value_bytes, std::multiplies<>());
  const std::size_t fewest = parts(smallest_chunk, row);
  const std::size_t most = std::max<std::size_t>(1, largest_chunk / row);
  shape[0] = std::min(shape[0], std::clamp(usual_rows, fewest, most));

  std::size_t bytes = row * shape[0];
  for (std::size_t axis = 1; axis < shape.size() && bytes > largest_chunk; ++axis) {
    const std::size_t across = bytes / shape[axis];
    shape[axis] = std::max<std::size_t>(1, largest_chunk / across);
    bytes = across * shape[axis];
  }
  return shape;
}

}  // namespace rathaus::hdf5
