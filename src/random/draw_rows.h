// The draws of sixty-four entities side by side: the same numbers as `uniform` gives one by one, at
// a fraction of the cost where the processor has vectors.
#pragma once

#include "random/draw.h"

namespace rathaus::random {

inline constexpr std::size_t row_entities = 64;

/// One word for each entity; `to_uniform` makes its draw of it.
struct alignas(64) Row : std::array<std::uint32_t, row_entities> {};

/// The draws of sixty-four entities in one quarter and process, a row for each sub id. Four rows
/// come at a time, when the first of them is asked for, and stay.
class DrawRows {
 public:
  static constexpr std::uint32_t most_sub_ids = 16;

  /// `entities` points at sixty-four entity ids, which must outlive the rows.
  DrawRows(const Key& key, Process process, const std::uint32_t* entities, std::uint32_t quarter)
      : key_(key), entities_(entities), quarter_(quarter) {
    processes_.fill(static_cast<std::uint32_t>(process));
  }

  const Row& operator()(std::uint32_t sub) {
    if (!(known_ >> sub / 4 & 1u)) compute(sub / 4);
    return rows_[sub / 4][sub % 4];
  }

 private:
  void compute(std::uint32_t sub_block);

  const Key& key_;
  const std::uint32_t* entities_;
  std::uint32_t quarter_;
  std::uint32_t known_ = 0;  // bit b: block b
  Row processes_;            // the same for all entities
  std::array<std::array<Row, 4>, most_sub_ids / 4> rows_;
};

}  // namespace rathaus::random
