#include "study/keyed_hypercube.h"

#include <algorithm>
#include <numeric>

#include "random/draw.h"

namespace rathaus::study {

std::vector<double> keyed_hypercube(std::size_t points, std::size_t dimensions,
                                    std::uint64_t seed) {
  // calibrations draw their vectors by the same process; a study has a design or a calibration
  const random::Key key = random::world_key(seed);
  const auto uniform = [&](std::size_t dimension, std::size_t point, std::uint32_t quarter) {
    return random::uniform(key, random::Process::proposal, static_cast<std::uint32_t>(dimension),
                           static_cast<std::uint32_t>(point), quarter);
  };
  std::vector<double> cube(points * dimensions);
  std::vector<std::size_t> order(points);
  std::vector<double> luck(points);
  for (std::size_t d = 0; d < dimensions; ++d) {
    for (std::size_t p = 0; p < points; ++p) luck[p] = uniform(d, p, 0);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t p) { return luck[p]; });
    for (std::size_t part = 0; part < points; ++part) {
      const std::size_t p = order[part];
      cube[p * dimensions + d] =
          (static_cast<double>(part) + uniform(d, p, 1)) / static_cast<double>(points);
    }
  }
  return cube;
}

}  // namespace rathaus::study
