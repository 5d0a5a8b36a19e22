#include "random/draw_table.h"

#include "random/philox.h"

namespace rathaus::random {

DrawTable::DrawTable(const Key& key, std::uint32_t entity, std::uint32_t quarter,
                     std::uint32_t sub_ids) {
  constexpr auto names = [] {
    std::array<std::uint32_t, processes.size()> words{};
    for (std::size_t p = 0; p < words.size(); ++p)
      words[p] = static_cast<std::uint32_t>(processes[p]);
    return words;
  }();
  for (std::uint32_t sub_block = 0; 4 * sub_block < sub_ids; sub_block += 2)
    philox(key, names, entity, sub_block, quarter, &blocks_[0][sub_block], blocks_[0].size());
}

}  // namespace rathaus::random
