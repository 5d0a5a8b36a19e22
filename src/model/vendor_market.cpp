// The vendor market: choice, delivery slots, learning, exit and entry [ODD 7.16].
#include <algorithm>
#include <cmath>
#include <tuple>

#include "model/quarter.h"
#include "model/turn.h"

namespace rathaus::model {
namespace {

/// Share of the unit's own projects that each vendor holds, at this moment.
std::array<double, max_vendors> own_shares(const Turn& turn) {
  std::array<double, max_vendors> share{};
  double all = 0.0;
  for (std::uint32_t u = 0; u < turn.world.use_cases; ++u) {
    const std::size_t cell = turn.cell(u);
    if (turn.state.stage[cell] < pilot) continue;
    share[turn.state.vendor[cell]] += 1.0;
    all += 1.0;
  }
  if (all > 0.0)
    for (double& s : share) s /= all;
  return share;
}

/// The vendors' shares of the installed base that the unit can see; 0 where there is none.
std::array<double, max_vendors> visible_shares(const Turn& turn) {
  const World& world = turn.world;
  const std::uint32_t* base =
      turn.structure().peer_set == PeerSet::global
          ? turn.state.vendor_base.data()
          : &turn.state.regional_base[std::size_t{world.municipalities.region[turn.unit]} * world.vendors];
  std::array<double, max_vendors> share{};
  double all = 0.0;
  for (std::uint32_t v = 0; v < world.vendors; ++v) all += base[v];
  if (all > 0.0)
    for (std::uint32_t v = 0; v < world.vendors; ++v) share[v] = base[v] / all;
  return share;
}

/// V_v of every vendor [eq. 34]
std::array<double, max_vendors> vendor_utilities(const Turn& turn) {
  const World& world = turn.world;
  const Parameters& p = turn.parameters();
  const bool by_count = turn.structure().vendor_choice == VendorChoice::logit_logcount;
  const std::array<double, max_vendors> own = own_shares(turn);
  const std::array<double, max_vendors> visible = visible_shares(turn);
  std::array<double, max_vendors> utility{};
  for (std::uint32_t v = 0; v < world.vendors; ++v) {
    const double base = by_count ? std::log(1.0 + turn.state.vendor_base[v]) : visible[v];
    utility[v] = -p.beta_price * turn.state.vendors[v].log_price +
                 p.beta_fit * world.fit(v, turn.unit) + p.beta_base * base +
                 p.beta_incumbent * own[v] + p.beta_open * world.vendor[v].openness;
  }
  return utility;
}

/// Inverse distribution function in slot order: the first v with draw·total < Σ weights.
std::uint8_t pick(const Turn& turn, const std::array<double, max_vendors>& weight, double draw) {
  double total = 0.0;
  for (std::uint32_t v = 0; v < turn.world.vendors; ++v) total += weight[v];
  double sum = 0.0;
  std::uint8_t last = no_vendor;
  for (std::uint32_t v = 0; v < turn.world.vendors; ++v) {
    if (!turn.state.vendors[v].active) continue;
    last = static_cast<std::uint8_t>(v);
    sum += weight[v];
    if (draw * total < sum) break;
  }
  return last;
}

/// Arthur's adopters: each has a favourite (gap β_f) and counts earlier adopters (return β_b).
std::uint8_t pick_by_count(const Turn& turn, double draw, std::uint32_t active) {
  const Parameters& p = turn.parameters();
  auto favourite = static_cast<std::uint32_t>(draw * active);
  std::uint8_t best = no_vendor;
  double best_utility = 0.0;
  for (std::uint32_t v = 0; v < turn.world.vendors; ++v) {
    if (!turn.state.vendors[v].active) continue;
    const double utility =
        p.beta_fit * (favourite-- == 0 ? 1.0 : 0.0) + p.beta_base * turn.state.vendor_base[v];
    if (best == no_vendor || utility > best_utility) {
      best = static_cast<std::uint8_t>(v);
      best_utility = utility;
    }
  }
  return best;
}

/// Who is served first [eq. 35]: ascending (priority, luck, unit, use case).
void set_priority(const World& world, const random::Key& key, std::uint32_t quarter, Order& order) {
  order.luck = random::uniform(key, random::Process::slot_priority,
                               world.municipalities.entity[order.unit], order.use_case, quarter);
  const double n = world.inhabitants[order.unit];
  switch (world.rules.structure.slot_priority) {
    case SlotPriority::size_weighted:
      order.priority = order.luck / (1.0 + n / world.rules.coefficients.priority_population);
      break;
    case SlotPriority::random: order.priority = order.luck; break;
    case SlotPriority::large_first: order.priority = -n; break;
    case SlotPriority::small_first: order.priority = n; break;
  }
}

}  // namespace

std::uint8_t choose_vendor(const Turn& turn, std::uint32_t use_case) {
  const State& state = turn.state;
  std::uint32_t active = 0;
  for (std::uint32_t v = 0; v < turn.world.vendors; ++v) active += state.vendors[v].active;
  if (active == 0) return no_vendor;
  const double draw = turn.draws(random::Process::vendor_choice)(use_case);
  const VendorChoice choice = turn.structure().vendor_choice;
  if (choice == VendorChoice::argmax_count) return pick_by_count(turn, draw, active);

  std::array<double, max_vendors> weight{};
  if (choice != VendorChoice::uniform) weight = vendor_utilities(turn);
  const double highest = *std::max_element(weight.begin(), weight.begin() + turn.world.vendors);
  for (std::uint32_t v = 0; v < turn.world.vendors; ++v)  // relative to the highest: no overflow
    weight[v] = state.vendors[v].active ? std::exp(weight[v] - highest) : 0.0;
  return pick(turn, weight, draw);
}

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
      for (const std::uint32_t o : queue) set_priority(world, key, state.quarter, orders[o]);
      std::ranges::sort(queue, {}, [&](std::uint32_t o) {
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

void adapt_capacity(const World& world, const Vendor& row, VendorState& vendor, std::uint32_t demand) {
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
