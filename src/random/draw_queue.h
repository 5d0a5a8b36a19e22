// Things that happen by chance, each with a draw of its own: collected, and settled in their order
// as soon as there are as many as are drawn side by side.
#pragma once

#include "random/draw_list.h"

namespace rathaus::random {

template <class Item>
class DrawQueue {
 public:
  DrawQueue(const Key& key, std::uint32_t quarter) : draws_(key, quarter) {}

  /// Adds an item and the name of its draw. Where there is no more room, all before it are settled.
  template <class Settle>
  void add(Process process, std::uint32_t entity, std::uint32_t sub, const Item& item,
           Settle settle) {
    if (draws_.is_full()) settle_all(settle);
    items_[draws_.add(process, entity, sub)] = item;
  }

  /// Calls settle(item, draw) for all that have not been settled yet.
  template <class Settle>
  void settle_all(Settle settle) {
    draws_.compute();
    for (std::uint32_t k = 0; k < draws_.size(); ++k) settle(items_[k], draws_[k]);
    draws_.clear();
  }

 private:
  DrawList draws_;
  std::array<Item, DrawList::capacity> items_;
};

}  // namespace rathaus::random
