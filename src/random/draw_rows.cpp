#include "random/draw_rows.h"

#include "random/philox.h"

namespace rathaus::random {

void DrawRows::compute(std::uint32_t sub_block) {
  const Block counter{0, sub_block, quarter_, static_cast<std::uint32_t>(process_)};
  philox(key_, entities_, counter, rows_[sub_block]);
  known_ |= 1u << sub_block;
}

}  // namespace rathaus::random
