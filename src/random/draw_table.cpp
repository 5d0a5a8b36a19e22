#include "random/draw_table.h"

#include "random/philox.h"

namespace rathaus::random {

DrawTable::DrawTable(const Key& key, std::uint32_t entity, std::uint32_t quarter,
                     std::uint32_t sub_ids) {
  Counters counters;
  counters.entity.fill(entity);
  counters.quarter.fill(quarter);
  static_assert(Counters::lanes == 2 * processes.size());
  for (std::size_t p = 0; p < processes.size(); ++p)
    counters.process[p] = counters.process[p + processes.size()] =
        static_cast<std::uint32_t>(processes[p]);
  for (std::uint32_t sub_block = 0; 4 * sub_block < sub_ids; sub_block += 2) {
    for (std::size_t p = 0; p < processes.size(); ++p) {
      counters.sub_block[p] = sub_block;
      counters.sub_block[p + processes.size()] = sub_block + 1;
    }
    philox(key, counters, &blocks_[sub_block * processes.size()]);
  }
}

}  // namespace rathaus::random
