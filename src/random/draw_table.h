// The draws that a unit may need in a quarter, computed side by side: the same numbers as `uniform`
// gives one by one, at a fraction of the cost where the processor has AVX2.
#pragma once

#include "random/draw.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace rathaus::random {

/// The draws of one entity in one quarter: four processes by up to sixteen sub ids.
class DrawTable {
 public:
  static constexpr std::array<Process, 4> processes{Process::discontinuation, Process::awareness,
                                                    Process::roll_out, Process::launch};
  static constexpr std::uint32_t most_sub_ids = 16;

  DrawTable(const Key& key, std::uint32_t entity, std::uint32_t quarter, std::uint32_t sub_ids);

  double operator()(Process process, std::uint32_t sub) const {
    return to_uniform(at(process, sub / 4)[sub % 4]);
  }

  /// Those of a set of sub ids, as bits, whose draw is below a probability.
  std::uint32_t below(Process process, double probability, std::uint32_t set) const {
    if (set == 0) return 0;
    const std::uint64_t limit = words_below(probability);
    if (limit > UINT32_MAX) return set;
    std::uint32_t lucky = 0;
    for (std::uint32_t b = 0; set >> 4 * b != 0; ++b)
      lucky |= words_below(at(process, b), static_cast<std::uint32_t>(limit)) << 4 * b;
    return lucky & set;
  }

  /// How many words w have to_uniform(w) < probability: (w + 1/2) 2^-32 < p is w < ⌈p 2^32 − 1/2⌉,
  /// and for p ≤ 1 both the product and, where it matters, the difference are exact.
  static std::uint64_t words_below(double probability) {
    if (!(probability > 0x1p-33)) return 0;
    if (probability >= 1.0) return 1ull << 32;
    const double bound = probability * 0x1p32 - 0.5;
    const auto whole = static_cast<std::int64_t>(bound);
    return static_cast<std::uint64_t>(whole + (bound > static_cast<double>(whole)));
  }

  /// Bit i: word i of a block is less than `limit`.
  static std::uint32_t words_below(const Block& block, std::uint32_t limit) {
#ifdef __SSE2__
    const __m128i sign = _mm_set1_epi32(INT32_MIN);  // the comparison is one of signed words
    const __m128i words = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block.data()));
    const __m128i less = _mm_cmplt_epi32(
        _mm_xor_si128(words, sign), _mm_xor_si128(_mm_set1_epi32(static_cast<int>(limit)), sign));
    return static_cast<std::uint32_t>(_mm_movemask_ps(_mm_castsi128_ps(less)));
#else
    std::uint32_t set = 0;
    for (std::uint32_t i = 0; i < 4; ++i) set |= static_cast<std::uint32_t>(block[i] < limit) << i;
    return set;
#endif
  }

 private:
  const Block& at(Process process, std::uint32_t sub_block) const {
    std::size_t place = 0;
    while (processes[place] != process) ++place;
    return blocks_[sub_block * processes.size() + place];
  }

  // [sub / 4][process]; beyond the sub ids never read
  std::array<Block, most_sub_ids / 4 * processes.size()> blocks_;
};

}  // namespace rathaus::random
