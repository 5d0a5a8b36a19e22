// The draws that a unit may need in a quarter, computed side by side: the same numbers as `uniform`
// gives one by one, at a fraction of the cost where the processor has AVX2.
#pragma once

#include "random/draw.h"

namespace rathaus::random {

/// The draws of one entity in one quarter: four processes by up to sixteen sub ids.
class DrawTable {
 public:
  static constexpr std::array<Process, 4> processes{Process::discontinuation, Process::awareness,
                                                    Process::roll_out, Process::launch};
  static constexpr std::uint32_t most_sub_ids = 16;

  DrawTable(const Key& key, std::uint32_t entity, std::uint32_t quarter, std::uint32_t sub_ids);

  double operator()(Process process, std::uint32_t sub) const {
    return to_uniform(row(process)[sub / 4][sub % 4]);
  }

  /// The sub ids whose draw is below a probability, as bits.
  std::uint32_t below(Process process, double probability) const {
    const std::uint64_t limit = words_below(probability);
    const auto& blocks = row(process);
    std::uint32_t set = 0;
    for (std::uint32_t sub = 0; sub < sub_ids_; ++sub)
      set |= static_cast<std::uint32_t>(blocks[sub / 4][sub % 4] < limit) << sub;
    return set;
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

 private:
  using Row = std::array<Block, most_sub_ids / 4>;

  const Row& row(Process process) const {
    std::size_t place = 0;
    while (processes[place] != process) ++place;
    return blocks_[place];
  }

  std::uint32_t sub_ids_;
  std::array<Row, processes.size()> blocks_;  // [process][sub / 4]; beyond sub_ids_ never read
};

}  // namespace rathaus::random
