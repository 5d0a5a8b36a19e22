// Philox4x32-10 (Salmon et al. 2011): one block, and eight at once.
#pragma once

#include "random/draw.h"

namespace rathaus::random {

Block philox(const Key& key, const Block& counter);

/// Eight counters side by side, and their blocks in the same order.
struct Counters {
  static constexpr std::size_t lanes = 8;
  std::array<std::uint32_t, lanes> entity, sub_block, quarter, process;
};
void philox(const Key& key, const Counters& counters, Block* out);

}  // namespace rathaus::random
