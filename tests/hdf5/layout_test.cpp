#include "hdf5/layout.h"

#include <random>

#include "catch.h"

using namespace rathaus::hdf5;

namespace {

std::size_t product(const std::vector<std::size_t>& shape, std::size_t from) {
  std::size_t result = 1;
  for (std::size_t axis = from; axis < shape.size(); ++axis) result *= shape[axis];
  return result;
}

}  // namespace

TEST_CASE("chunks hold whole rows between 64 KiB and 1 MiB wherever the shape allows it") {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20000; ++i) {
    std::vector<std::size_t> shape(1 + random() % 4);
    for (std::size_t& length : shape) length = 1 + random() % (std::size_t{1} << random() % 18);
    const std::size_t value = std::size_t{1} << random() % 5;
    const std::vector<std::size_t> chunk = chunk_shape(shape, value);
    CAPTURE(shape, value, chunk);
    REQUIRE(chunk.size() == shape.size());
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
      REQUIRE(chunk[axis] >= 1);
      REQUIRE(chunk[axis] <= shape[axis]);
    }
    const std::size_t bytes = product(chunk, 0) * value;
    REQUIRE(bytes <= largest_chunk);
    const std::size_t row = product(shape, 1) * value;
    if (row <= largest_chunk) REQUIRE(product(chunk, 1) == product(shape, 1));
    if (row > largest_chunk) REQUIRE(chunk[0] == 1);
    if (chunk[0] < shape[0]) REQUIRE(bytes >= smallest_chunk / 2);
  }
}

TEST_CASE("64 runs are a chunk unless the bytes say otherwise") {
  const std::size_t many = 1 << 20;
  CHECK(chunk_shape({many, 80, 4}, 8) == std::vector<std::size_t>{64, 80, 4});
  CHECK(chunk_shape({20, 80, 4}, 8) == std::vector<std::size_t>{20, 80, 4});
  CHECK(chunk_shape({many, 80}, 4) == std::vector<std::size_t>{205, 80});
  CHECK(chunk_shape({many, 80, 3, 4, 4, 4}, 4) == std::vector<std::size_t>{17, 80, 3, 4, 4, 4});
  CHECK(chunk_shape({many, 80, 5039, 8}, 1) == std::vector<std::size_t>{1, 26, 5039, 8});
}
