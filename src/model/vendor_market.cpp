// The vendor market: delivery slots (K4), learning, capacity, exit and entry (K6) [ODD 7.16].
#include <algorithm>
#include <cmath>
#include <span>
#include <tuple>

#include "model/quarter.h"
#include "random/draw_list.h"

namespace rathaus::model {
namespace {

/// Who is served first [eq. 35]: ascending (priority, luck, unit, use case).
void set_priority(const World& world, double luck, Order& order) {
  order.luck = luck;
  const double n = world.inhabitants[order.unit];
  switch (world.rules.structure.slot_priority) {
    case SlotPriority::size_weighted:
      order.priority = order.luck / (1.0 + n / world.rules.coefficients.priority_population);
      break;
    case SlotPriority::random:
      order.priority = order.luck;
      break;
    case SlotPriority::large_first:
      order.priority = -n;
      break;
    case SlotPriority::small_first:
      order.priority = n;
      break;
  }
}

void set_priorities(const World& world, const random::Key& key, std::uint32_t quarter,
                    std::span<const std::uint32_t> queue, std::vector<Order>& orders) {
  random::DrawList luck(key, quarter);
  for (std::size_t first = 0; first < queue.size(); first += luck.capacity, luck.clear()) {
    const auto some =
        queue.subspan(first, std::min<std::size_t>(luck.capacity, queue.size() - first));
    for (const std::uint32_t o : some)
      luck.add(random::Process::slot_priority, world.entity[orders[o].unit], orders[o].use_case);
    luck.compute();
    for (std::uint32_t k = 0; k < some.size(); ++k) set_priority(world, luck[k], orders[some[k]]);
  }
}

}  // namespace

void allocate_slots(const World& world, const random::Key& key, State& state) {
  std::vector<Order>& orders = state.report.orders;
  for (auto& queue : state.queue) queue.clear();
  for (std::uint32_t o = 0; o < orders.size(); ++o) state.queue[orders[o].vendor].push_back(o);
  for (std::uint32_t v = 0; v < world.vendors; ++v) {
    std::vector<std::uint32_t>& queue = state.queue[v];
    std::size_t slots = queue.size();
    if (world.rules.structure.vendor_capacity)
      slots = std::min(slots, static_cast<std::size_t>(state.vendors[v].capacity));
    if (slots < queue.size()) {
      set_priorities(world, key, state.quarter, queue, orders);
      // no two orders are alike, so that those before the cut are always the same
      std::ranges::nth_element(
          queue, queue.begin() + static_cast<std::ptrdiff_t>(slots), {}, [&](std::uint32_t o) {
            return std::tie(orders[o].priority, orders[o].luck, orders[o].unit, orders[o].use_case);
          });
    }
    for (std::size_t place = 0; place < slots; ++place) orders[queue[place]].served = true;
    state.demand[v] = static_cast<std::uint32_t>(queue.size());
    state.served[v] = static_cast<std::uint32_t>(slots);
  }
}

namespace {

void learn(const World& world, const Vendor& row, VendorState& vendor, std::uint32_t served) {
  // P = P⁰ (1 + Q/q_ref)^{log₂(1 − LR)} [eq. 37]
  vendor.projects += served;
  vendor.price = row.price * std::pow(1.0 + vendor.projects / row.learning_projects,
                                      std::log2(1.0 - world.rules.parameters.vendor_learn_rate));
}

void adapt_capacity(const World& world, const Vendor& row, VendorState& vendor,
                    std::uint32_t demand) {
  // K ← K = 0 ? 0 : max(1, K(1 + g·clip(demand/K − 1, −0.3, 1))) [eq. 38]
  const Coefficients& c = world.rules.coefficients;
  if (!world.rules.structure.vendor_capacity || vendor.capacity == 0.0) return;
  const double pressure =
      std::clamp(demand / vendor.capacity - 1.0, c.capacity_fall, c.capacity_rise);
  vendor.capacity = std::max(1.0, vendor.capacity * (1.0 + row.capacity_growth * pressure));
}

/// Exit with hazard x(1 − base/base_min)₊; an empty slot is filled with hazard `entry` [eq. 39].
void exit_or_enter(const Vendor& row, VendorState& vendor, std::uint32_t base, double exit_draw,
                   double entry_draw) {
  if (vendor.active) {
    const double weakness =
        row.base_minimum > 0.0 ? std::max(0.0, 1.0 - base / row.base_minimum) : 0.0;
    if (exit_draw < row.exit_rate * weakness) vendor.active = false;
  } else if (base == 0 && entry_draw < row.entry_rate) {
    vendor = VendorState{true, 0.0, row.capacity, row.price, 0.0};
  }
}

}  // namespace

void update_vendors(const World& world, const random::Key& key, State& state) {
  for (std::uint32_t v = 0; v < world.vendors; ++v) {
    const Vendor& row = world.vendor[v];
    VendorState& vendor = state.vendors[v];
    learn(world, row, vendor, state.served[v]);
    adapt_capacity(world, row, vendor, state.demand[v]);
    exit_or_enter(row, vendor, state.vendor_base[v],
                  random::uniform(key, random::Process::vendor_exit, v, 0, state.quarter),
                  random::uniform(key, random::Process::vendor_entry, v, 0, state.quarter));
    vendor.log_price = std::log(vendor.price);
  }
}

}  // namespace rathaus::model
