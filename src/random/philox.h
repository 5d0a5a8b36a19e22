// Philox4x32-10 (Salmon et al. 2011): one block, and eight at once.
#pragma once

#include "random/draw.h"

namespace rathaus::random {

Block philox(const Key& key, const Block& counter);

/// Two neighbouring blocks, `sub_block` and the next, of four processes of one entity and quarter,
/// stored from `out[process * stride]` on.
void philox(const Key& key, const std::array<std::uint32_t, 4>& processes, std::uint32_t entity,
            std::uint32_t sub_block, std::uint32_t quarter, Block* out, std::size_t stride);

}  // namespace rathaus::random
