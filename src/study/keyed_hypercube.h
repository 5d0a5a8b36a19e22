// A Latin hypercube by the generator that the model draws with: the same numbers wherever it runs,
// with no library and no state.
#pragma once

#include <cstdint>
#include <vector>

namespace rathaus::study {

/// Row by row, each number in (0, 1); each dimension has one point in each of `points` equal parts.
/// Of the same seed the first dimensions are the same whatever follows them.
std::vector<double> keyed_hypercube(std::size_t points, std::size_t dimensions, std::uint64_t seed);

}  // namespace rathaus::study
