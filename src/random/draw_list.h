// Single draws of many entities, collected and computed side by side: the same numbers as `uniform`
// gives one by one.
#pragma once

#include "random/draw_rows.h"

namespace rathaus::random {

/// Draws of one quarter, each of a process, an entity and a sub id of its own.
class DrawList {
 public:
  static constexpr std::uint32_t capacity = row_entities;

  DrawList(const Key& key, std::uint32_t quarter) : key_(key), quarter_(quarter) {}

  std::uint32_t size() const { return size_; }
  bool is_full() const { return size_ == capacity; }
  void clear() { size_ = 0; }

  /// Asks for a draw; returns its place in the list, which must not be full.
  std::uint32_t add(Process process, std::uint32_t entity, std::uint32_t sub) {
    process_[size_] = static_cast<std::uint32_t>(process);
    entity_[size_] = entity;
    sub_block_[size_] = sub / 4;
    word_[size_] = static_cast<std::uint8_t>(sub % 4);
    return size_++;
  }

  /// Computes all that were asked for.
  void compute();

  /// The draw at a place of the list, once computed.
  double operator[](std::uint32_t place) const { return to_uniform(words_[word_[place]][place]); }

 private:
  const Key& key_;
  std::uint32_t quarter_;
  std::uint32_t size_ = 0;
  Row process_{}, entity_{}, sub_block_{};  // a register is filled as a whole, also beyond the last
  std::array<std::uint8_t, capacity> word_;
  std::array<Row, 4> words_;
};

}  // namespace rathaus::random
