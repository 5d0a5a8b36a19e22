#include "random/draw_rows.h"

#include "random/philox.h"

namespace rathaus::random {
namespace {

constexpr std::array<Row, DrawRows::most_sub_ids / 4> make_sub_blocks() {
  std::array<Row, DrawRows::most_sub_ids / 4> rows{};
  for (std::uint32_t b = 0; b < rows.size(); ++b) rows[b].fill(b);
  return rows;
}
constexpr auto sub_blocks = make_sub_blocks();  // each for all entities

}  // namespace

void DrawRows::compute(std::uint32_t sub_block) {
  philox(key_, {entities_, sub_blocks[sub_block].data(), processes_.data(), quarter_, row_entities},
         rows_[sub_block]);
  known_ |= 1u << sub_block;
}

}  // namespace rathaus::random
