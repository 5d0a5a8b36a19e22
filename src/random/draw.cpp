#include "random/draw.h"

#include <cmath>

#include "lanes/elementary.h"
#include "random/philox.h"

namespace rathaus::random {
namespace {

Key derived_key(std::uint64_t seed, const Block& counter) {
  const Key master{{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}};
  const Block words = philox(master, counter);
  return {{words[0], words[1]}};
}

}  // namespace

Key run_key(std::uint64_t seed, std::uint32_t point, std::uint32_t replicate) {
  return derived_key(seed, {point, replicate, 0, 0});
}

Key world_key(std::uint64_t seed, std::uint32_t point, std::uint32_t replicate) {
  return derived_key(seed, {point, replicate, 1, 0});
}

Block block(const Key& key, Process process, std::uint32_t entity, std::uint32_t sub_block,
            std::uint32_t quarter) {
  return philox(key, {entity, sub_block, quarter, static_cast<std::uint32_t>(process)});
}

double uniform(const Key& key, Process process, std::uint32_t entity, std::uint32_t sub,
               std::uint32_t quarter) {
  return to_uniform(block(key, process, entity, sub / 4, quarter)[sub % 4]);
}

double normal(const Key& key, Process process, std::uint32_t entity, std::uint32_t sub,
              std::uint32_t quarter) {
  const double first = uniform(key, process, entity, sub, quarter);
  const double second = uniform(key, process, entity, sub + 1, quarter);
  return std::sqrt(-2.0 * elementary::log(first)) * elementary::cospi(2.0 * second);
}

}  // namespace rathaus::random
