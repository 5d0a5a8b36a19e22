// The vendor market: delivery slots (K4), learning, capacity, exit and entry (K6) [ODD 7.16].
#include <algorithm>
#include <span>
#include <utility>

#include "lanes/elementary.h"
#include "model/quarter.h"
#include "random/draw_queue.h"
#include "rules/vendors.h"

namespace rathaus::model {
namespace {

/// Who is served first: ascending (priority, luck, unit, use case).
double priority_of(const World& world, const Order& order, double luck) {
  const double n = world.inhabitants[order.unit];
  switch (world.rules.structure.slot_priority) {
    case SlotPriority::size_weighted:
      return rules::slot_priority(luck, n, world.rules.coefficients.priority_population);
    case SlotPriority::random:
      return luck;
    case SlotPriority::large_first:
      return -n;
    case SlotPriority::small_first:
      return n;
  }
  return luck;
}

void set_priorities(const World& world, const random::Key& key, std::uint32_t quarter,
                    const std::vector<Order>& orders, std::span<Request> queue) {
  random::DrawQueue<Request*> lucky(key, quarter);
  const auto settle = [&](Request* request, double luck) {
    request->priority = priority_of(world, orders[request->order], luck);
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

void allocate_slots(const World& world, const random::Key& key, State& state) {
  std::vector<Order>& orders = state.report.orders;
  for (auto& queue : state.queue) queue.clear();
  for (std::uint32_t o = 0; o < orders.size(); ++o)
    state.queue[orders[o].vendor].push_back({o, 0.0, 0.0});
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
    state.served[v] = static_cast<std::uint32_t>(slots);
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
    vendor.log_price = elementary::log(vendor.price);
  }
}

}  // namespace rathaus::model
