// Labels carry no meaning: units in another order with their ids kept, regions, Länder and provider
// groups under other numbers, neighbours listed in another order [V9 of the verification plan].
#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

#include "catch.h"
#include "model/germany.h"

using namespace rathaus;
using namespace rathaus::model;

namespace {

using Order = std::vector<std::uint32_t>;  // a permutation: new place -> old place

Order shuffled(std::size_t size, std::uint32_t seed) {
  Order order(size);
  for (std::uint32_t k = 0; k < size; ++k) order[k] = k;
  std::ranges::shuffle(order, std::mt19937(seed));
  return order;
}

Order inverse(const Order& order) {
  Order result(order.size());
  for (std::uint32_t k = 0; k < order.size(); ++k) result[order[k]] = k;
  return result;
}

template <class T>
void permute(std::vector<T>& values, const Order& order) {
  if (values.empty()) return;  // unknown for all
  const std::vector<T> old = values;
  for (std::size_t k = 0; k < order.size(); ++k) values[k] = old[order[k]];
}

/// Other numbers for the groups that `label` points to, with their names.
void renumber(std::vector<std::uint32_t>& label, std::vector<std::string>& names,
              std::uint32_t seed) {
  const Order order = shuffled(names.size(), seed);
  const Order number = inverse(order);
  permute(names, order);
  for (std::uint32_t& group : label) group = number[group];
}

void reorder_units(Municipalities& m, const Order& order) {
  const Order place = inverse(order);
  const Network old = m.network;
  m.network.target.clear();
  m.network.layer.clear();
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    for (std::uint32_t e = old.first[order[i]]; e < old.first[order[i] + 1]; ++e) {
      m.network.target.push_back(place[old.target[e]]);
      m.network.layer.push_back(old.layer[e]);
    }
    m.network.first[i + 1] = static_cast<std::uint32_t>(m.network.target.size());
  }
  permute(m.entity, order);
  permute(m.id, order);
  permute(m.name, order);
  permute(m.population, order);
  permute(m.region, order);
  permute(m.land, order);
  permute(m.provider, order);
  permute(m.longitude, order);
  permute(m.latitude, order);
  permute(m.fiscal_normal, order);
  permute(m.fiscal, order);
  permute(m.innovativeness, order);
  permute(m.trust, order);
}

void reverse_neighbours(Network& network) {
  for (std::size_t i = 0; i + 1 < network.first.size(); ++i) {
    const auto begin = network.first[i], end = network.first[i + 1];
    std::reverse(network.target.begin() + begin, network.target.begin() + end);
    std::reverse(network.layer.begin() + begin, network.layer.begin() + end);
  }
}

/// All that a run shows: every cell and stock of every quarter, unit by unit in the order of ids,
/// and the sums.
struct Shown {
  std::vector<Stage> stages;
  std::vector<std::uint8_t> vendors;
  std::vector<Cents> reserves;
  std::vector<double> stocks;
  Outcome outcome;
};

Shown shown(const test::Germany& germany, const Municipalities& municipalities) {
  const World world(municipalities, germany.study.rules, germany.world->quarters);
  Order by_id(world.units);
  for (std::uint32_t i = 0; i < world.units; ++i) by_id[i] = i;
  std::ranges::sort(by_id, {}, [&](std::uint32_t i) { return municipalities.entity[i]; });
  Shown result;
  result.outcome = simulate(world, germany.key(), [&](const State& s) {
    for (const std::uint32_t i : by_id) {
      for (std::uint32_t u = 0; u < world.use_cases; ++u) {
        result.stages.push_back(s.stage[s.cell(u, i)]);
        result.vendors.push_back(s.vendor[s.cell(u, i)]);
      }
      result.reserves.push_back(s.reserve[i]);
      result.stocks.insert(result.stocks.end(), {s.staff[i], s.data[i], s.trust[i]});
    }
  });
  permute(result.outcome.first_operation, by_id);
  return result;
}

/// Equal within a tolerance, or both missing.
bool same(const std::vector<float>& a, const std::vector<float>& b, float tolerance) {
  return std::ranges::equal(a, b, [&](float x, float y) {
    return std::isnan(x) ? std::isnan(y) : std::abs(x - y) <= tolerance;
  });
}

bool same(const Shown& a, const Shown& b) {
  if (a.outcome.rows.size() != b.outcome.rows.size()) return false;
  for (std::size_t r = 0; r < a.outcome.rows.size(); ++r)
    if (a.outcome.rows[r].value != b.outcome.rows[r].value ||
        a.outcome.rows[r].blocked != b.outcome.rows[r].blocked)
      return false;
  // the local concentration is a floating-point sum in the order of the regions, kept as float
  return same(a.outcome.index("hhi_local"), b.outcome.index("hhi_local"), 1e-6f) &&
         same(a.outcome.index("hhi_national"), b.outcome.index("hhi_national"), 0.0f) &&
         same(a.outcome.index("morans_i"), b.outcome.index("morans_i"), 0.0f) &&
         a.stages == b.stages && a.vendors == b.vendors && a.reserves == b.reserves &&
         a.stocks == b.stocks && a.outcome.services == b.outcome.services &&
         a.outcome.contracts_renewed == b.outcome.contracts_renewed &&
         a.outcome.contracts_switched == b.outcome.contracts_switched &&
         a.outcome.contracts_tendered == b.outcome.contracts_tendered &&
         a.outcome.pilots_ended == b.outcome.pilots_ended &&
         a.outcome.vendor_base == b.outcome.vendor_base &&
         a.outcome.vendor_price == b.outcome.vendor_price &&
         a.outcome.first_operation == b.outcome.first_operation;
}

}  // namespace

TEST_CASE("labels carry no meaning [V9]") {
  const std::vector<std::function<void(Rules&)>> changes{
      [](Rules&) {},
      [](Rules& rules) {
        rules.parameters.coop_join = 0.05;  // pools, and vendors too busy for all
        for (Vendor& vendor : rules.vendors) vendor.capacity /= 4.0;
      },
      [](Rules& rules) {
        rules.structure.slot_priority = SlotPriority::large_first;
        rules.structure.vendor_choice = VendorChoice::argmax_count;
        for (Vendor& vendor : rules.vendors) vendor.capacity /= 4.0;
      },
  };
  for (const auto& change : changes) {
    const test::Germany germany(250, 48, change);
    const Municipalities& original = germany.population.municipalities;
    const Shown expected = shown(germany, original);
    REQUIRE(std::ranges::count(expected.stages, scaled) > 0);

    Municipalities regions = original;
    renumber(regions.region, regions.region_names, 1);
    CHECK(regions.region != original.region);
    CHECK(same(shown(germany, regions), expected));

    Municipalities providers = original;
    renumber(providers.provider, providers.provider_names, 2);
    CHECK(providers.provider != original.provider);
    CHECK(same(shown(germany, providers), expected));

    Municipalities lands = original;
    renumber(lands.land, lands.land_names, 3);
    CHECK(lands.land != original.land);
    CHECK(same(shown(germany, lands), expected));

    Municipalities neighbours = original;
    reverse_neighbours(neighbours.network);
    CHECK(neighbours.network.target != original.network.target);
    CHECK(same(shown(germany, neighbours), expected));

    Municipalities units = original;
    reorder_units(units, shuffled(original.size(), 4));
    CHECK(units.entity != original.entity);
    CHECK(same(shown(germany, units), expected));
  }
}

TEST_CASE("ids, groups and neighbours do carry meaning: the comparison above can fail") {
  const test::Germany germany(250, 48);
  const Municipalities& original = germany.population.municipalities;
  const Shown expected = shown(germany, original);

  Municipalities ids = original;  // the luck of two units exchanged
  std::swap(ids.entity[3], ids.entity[200]);
  CHECK_FALSE(same(shown(germany, ids), expected));

  Municipalities regions = original;
  std::ranges::rotate(regions.region, regions.region.begin() + 1);
  CHECK_FALSE(same(shown(germany, regions), expected));

  Municipalities neighbours = original;
  std::ranges::rotate(neighbours.network.target, neighbours.network.target.begin() + 1);
  CHECK_FALSE(same(shown(germany, neighbours), expected));
}
