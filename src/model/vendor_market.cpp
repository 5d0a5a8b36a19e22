// The vendor market: delivery slots (K4), learning, capacity, exit and entry (K6) [ODD 7.16].
#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "lanes/elementary.h"
#include "model/common_solutions.h"
#include "model/quarter.h"
#include "model/vendor_rules.h"
#include "random/draw_queue.h"
#include "rules/vendors.h"

namespace rathaus::model {
namespace {

// Who is served first: ascending (key, luck, unit, use case).
double size_weighted(double luck, double inhabitants, const Coefficients& c) {
  return rules::slot_priority(luck, inhabitants, c.priority_population);
}
double random_order(double luck, double, const Coefficients&) {
  return luck;
}
double large_first(double, double inhabitants, const Coefficients&) {
  return -inhabitants;
}
double small_first(double, double inhabitants, const Coefficients&) {
  return inhabitants;
}
constexpr std::array priority_list{
    SlotPriorityInfo{SlotPriority::size_weighted, "size_weighted", size_weighted},
    SlotPriorityInfo{SlotPriority::random, "random", random_order},
    SlotPriorityInfo{SlotPriority::large_first, "large_first", large_first},
    SlotPriorityInfo{SlotPriority::small_first, "small_first", small_first},
};
static_assert(is_in_order(priority_list));

void set_priorities(const World& world, const random::Key& key, std::uint32_t quarter,
                    const std::vector<Order>& orders, std::span<Request> queue) {
  const SlotPriorityInfo& order_by = info_of(world.rules.structure.slot_priority);
  random::DrawQueue<Request*> lucky(key, quarter);
  const auto settle = [&](Request* request, double luck) {
    request->priority = order_by.key(luck, world.inhabitants[orders[request->order].unit],
                                     world.rules.coefficients);
    request->luck = luck;
  };
  for (Request& request : queue) {
    const Order& order = orders[request.order];
    lucky.add(random::Process::slot_priority, world.entity[order.unit], order.use_case, &request,
              settle);
  }
  lucky.settle_all(settle);
}

/// Moves those that are served first to the front. No two orders are alike, so that these are
/// always the same.
void select(const std::vector<Order>& orders, std::size_t slots, std::span<Request> queue) {
  const auto rank = [&](const Request& request) {
    return std::pair{orders[request.order].unit, orders[request.order].use_case};
  };
  std::ranges::nth_element(queue, queue.begin() + static_cast<std::ptrdiff_t>(slots),
                           [&](const Request& a, const Request& b) {
                             if (a.priority != b.priority) return a.priority < b.priority;
                             if (a.luck != b.luck) return a.luck < b.luck;
                             return rank(a) < rank(b);
                           });
}

}  // namespace

std::span<const SlotPriorityInfo> slot_priorities() {
  return priority_list;
}

void allocate_slots(const World& world, const random::Key& key, State& state) {
  std::vector<Order>& orders = state.report.orders;
  for (auto& queue : state.queue) queue.clear();
  std::array<std::uint32_t, max_vendors> common{};  // common solutions need no slot
  for (std::uint32_t o = 0; o < orders.size(); ++o) {
    Order& order = orders[o];
    order.served = is_common(world, state, order.use_case, order.unit, order.vendor);
    if (order.served)
      ++common[order.vendor];
    else
      state.queue[order.vendor].push_back({o, 0.0, 0.0});
  }
  for (std::uint32_t v = 0; v < world.vendors; ++v) {
    std::vector<Request>& queue = state.queue[v];
    std::size_t slots = queue.size();
    if (world.rules.structure.vendor_capacity)
      slots = std::min(slots, static_cast<std::size_t>(state.vendors[v].capacity));
    if (slots < queue.size()) {
      set_priorities(world, key, state.quarter, orders, queue);
      select(orders, slots, queue);
    }
    for (std::size_t place = 0; place < slots; ++place) orders[queue[place].order].served = true;
    state.demand[v] = static_cast<std::uint32_t>(queue.size());
    state.served[v] = static_cast<std::uint32_t>(slots) + common[v];
  }
}

namespace {

void learn(const World& world, const Vendor& row, VendorState& vendor, std::uint32_t served) {
  vendor.projects += served;
  vendor.price = rules::list_price(row.price, vendor.projects, row.learning_projects,
                                   world.rules.parameters.vendor_learn_rate);
}

void adapt_capacity(const World& world, const Vendor& row, VendorState& vendor,
                    std::uint32_t demand) {
  const Coefficients& c = world.rules.coefficients;
  if (!world.rules.structure.vendor_capacity || vendor.capacity == 0.0) return;
  vendor.capacity = rules::next_capacity(vendor.capacity, row.capacity_growth, demand,
                                         c.capacity_fall, c.capacity_rise);
}

/// An empty slot without customers is filled with a hazard of its own.
void exit_or_enter(const Vendor& row, VendorState& vendor, std::uint32_t base, double exit_draw,
                   double entry_draw) {
  if (vendor.active) {
    if (exit_draw < rules::exit_hazard(row.exit_rate, base, row.base_minimum))
      vendor.active = false;
  } else if (rules::enters(base, entry_draw, row.entry_rate)) {
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
    vendor.log_price = elementary::log(vendor.price);
  }
}

}  // namespace rathaus::model
