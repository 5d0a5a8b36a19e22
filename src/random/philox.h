// Philox4x32-10 (Salmon et al. 2011): one block, and those of up to sixty-four counters at once.
#pragma once

#include <span>

#include "random/draw_rows.h"

namespace rathaus::random {

Block philox(const Key& key, const Block& counter);

/// Up to sixty-four counters of one quarter.
struct Counters {
  const std::uint32_t* entities;    //!< [64]
  const std::uint32_t* sub_blocks;  //!< [64]
  const std::uint32_t* processes;   //!< [64]
  std::uint32_t quarter;
  std::size_t count;  //!< so many of them are wanted
};

/// The blocks of several counters at once: word w of the k-th lands in words[w][k]. What lies
/// beyond `count` means nothing.
void philox(const Key& key, const Counters& counters, std::array<Row, 4>& words);

/// Every way of computing them that this processor has, the one in use first.
using SideBySide = void (*)(const Key&, const Counters&, std::array<Row, 4>& words);
std::span<const SideBySide> ways_side_by_side();

}  // namespace rathaus::random
