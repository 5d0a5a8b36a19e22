#include "population/network.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <random>
#include <set>

#include "catch.h"
#include "germany.h"
#include "helpers.h"
#include "population/build.h"
#include "random/draw.h"

using namespace rathaus;
using namespace rathaus::population;

namespace {

model::Municipalities places(const std::vector<std::pair<double, double>>& coordinates) {
  model::Municipalities m;
  for (const auto& [longitude, latitude] : coordinates) {
    m.entity.push_back(static_cast<std::uint32_t>(m.size()));
    m.population.push_back(1000);
    m.region.push_back(0);
    m.longitude.push_back(longitude);
    m.latitude.push_back(latitude);
  }
  m.region_names = {"R"};
  return m;
}

model::Municipalities anywhere(const std::vector<std::uint32_t>& regions) {
  model::Municipalities m = places(std::vector<std::pair<double, double>>(regions.size()));
  m.longitude.clear();
  m.latitude.clear();
  m.region = regions;
  m.region_names.assign(1 + *std::ranges::max_element(regions), "R");
  return m;
}

/// Great-circle distance by the haversine formula, in whole millimetres.
long long haversine(const model::Municipalities& m, std::size_t a, std::size_t b) {
  const auto radian = [](long double degree) {
    return degree * std::numbers::pi_v<long double> / 180;
  };
  const long double latitude = std::sin(radian(m.latitude[a] - m.latitude[b]) / 2);
  const long double longitude = std::sin(radian(m.longitude[a] - m.longitude[b]) / 2);
  const long double h = latitude * latitude + std::cos(radian(m.latitude[a])) *
                                                  std::cos(radian(m.latitude[b])) * longitude *
                                                  longitude;
  return std::llroundl(2 * 6'371'008'800.0L * std::asin(std::min(1.0L, std::sqrt(h))));
}

std::vector<std::uint32_t> layer(const model::Network& network, std::size_t unit, int wanted) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t e = network.first[unit]; e < network.first[unit + 1]; ++e)
    if (network.layer[e] == wanted) found.push_back(network.target[e]);
  return found;
}

std::vector<std::uint32_t> nearest_by_force(const model::Municipalities& m, std::uint32_t unit) {
  std::vector<std::pair<long long, std::uint32_t>> others;
  for (std::uint32_t other = 0; other < m.size(); ++other)
    if (other != unit) others.emplace_back(haversine(m, unit, other), other);
  std::ranges::sort(others);
  std::vector<std::uint32_t> nearest;
  for (std::size_t i = 0; i < std::min<std::size_t>(4, others.size()); ++i)
    nearest.push_back(others[i].second);
  return nearest;
}

void check_geography(const model::Municipalities& m) {
  const model::Network network = build_network(m, random::world_key(1), std::nullopt);
  for (std::uint32_t unit = 0; unit < m.size(); ++unit)
    REQUIRE(layer(network, unit, 0) == nearest_by_force(m, unit));
}

/// The rule of the upward peers, written out once more without a thought for speed.
std::vector<std::uint32_t> peers_by_rule(const model::Municipalities& m, std::uint32_t unit,
                                         std::uint64_t seed, std::vector<std::uint32_t> taken) {
  std::vector<std::pair<std::int32_t, std::uint32_t>> order;
  for (std::uint32_t i = 0; i < m.size(); ++i) order.emplace_back(m.population[i], i);
  std::ranges::sort(order);
  const auto units = static_cast<long>(m.size());
  const long rank = std::ranges::find(order, std::pair{m.population[unit], unit}) - order.begin();
  const long width = std::min(
      units, std::max(16L, static_cast<long>(std::ceil(static_cast<double>(units) / 20.0))));
  const long lowest = std::max(0L, std::min(rank - width / 4, units - width));
  std::vector<std::uint32_t> peers;
  for (std::uint32_t sub = 0; sub < 4; ++sub) {
    const double u =
        random::uniform(random::world_key(seed), random::Process::network, m.entity[unit], sub, 0);
    const long start = static_cast<long>(std::floor(u * static_cast<double>(width)));
    for (long step = 0; step < width; ++step) {
      const std::uint32_t peer =
          order[static_cast<std::size_t>(lowest + (start + step) % width)].second;
      if (peer == unit || std::ranges::find(taken, peer) != taken.end()) continue;
      peers.push_back(peer);
      taken.push_back(peer);
      break;
    }
  }
  return peers;
}

void check_whole(const model::Municipalities& m, const model::Network& network) {
  REQUIRE(network.first.size() == m.size() + 1);
  REQUIRE(network.first.back() == network.target.size());
  REQUIRE(network.layer.size() == network.target.size());
  for (std::uint32_t unit = 0; unit < m.size(); ++unit) {
    const std::set<std::uint32_t> distinct(network.target.begin() + network.first[unit],
                                           network.target.begin() + network.first[unit + 1]);
    REQUIRE(distinct.size() == network.first[unit + 1] - network.first[unit]);
    REQUIRE(distinct.size() <= 8);
    REQUIRE_FALSE(distinct.contains(unit));
    REQUIRE((distinct.empty() || *distinct.rbegin() < m.size()));
  }
}

}  // namespace

TEST_CASE("the nearest four are those of a search through all") {
  std::mt19937 tape(3);
  std::uniform_real_distribution<double> longitude(-180, 180), latitude(-90, 90);
  std::vector<std::pair<double, double>> points{{0, 90}, {77, 90}, {0, -90}, {180, 0}, {-180, 0}};
  for (int i = 0; i < 500; ++i) points.emplace_back(longitude(tape), latitude(tape));
  check_geography(places(points));
  for (auto& [x, y] : points) x = 6 + x / 60, y = 51 + y / 60;  // about the size of Germany
  check_geography(places(points));
}

TEST_CASE("of units at the same distance the lower id is nearer") {
  std::vector<std::pair<double, double>> grid;
  for (int x = -10; x < 10; ++x)
    for (int y = -10; y < 10; ++y) grid.emplace_back(x, y);
  check_geography(places(grid));
  std::mt19937 tape(4);
  std::ranges::shuffle(grid, tape);
  check_geography(places(grid));
  std::vector<std::pair<double, double>> heap(60, {8.5, 47.25});
  heap.insert(heap.end(), 60, {8.5, 47.26});
  std::ranges::shuffle(heap, tape);
  check_geography(places(heap));
  for (const std::size_t few : {1u, 2u, 4u, 5u})
    check_geography(places(std::vector<std::pair<double, double>>(few, {1.0, 2.0})));
}

TEST_CASE("units that share a place are one another's nearest") {
  std::mt19937 random(5);
  std::vector<std::pair<double, double>> crowded;
  for (int i = 0; i < 300; ++i) {
    const double step = static_cast<double>(random() % 7);
    crowded.emplace_back(8.0 + 0.1 * step, 50.0 + 0.1 * static_cast<double>(random() % 3));
  }
  check_geography(places(crowded));
  // a search that looked at all of one place would take minutes here
  const model::Municipalities m =
      places(std::vector<std::pair<double, double>>(100'000, {8.0, 50.0}));
  const model::Network network = build_network(m, random::world_key(1), std::nullopt);
  CHECK(layer(network, 0, 0) == std::vector<std::uint32_t>{1, 2, 3, 4});
  CHECK(layer(network, 99'999, 0) == std::vector<std::uint32_t>{0, 1, 2, 3});
}

TEST_CASE("too many places within a millimetre are refused") {
  std::vector<std::pair<double, double>> dust;
  for (int i = 0; i < 30'000; ++i) dust.emplace_back(8.0 + 1e-13 * i, 50.0);
  CHECK_THROWS_AS(build_network(places(dust), random::world_key(1), std::nullopt), InputError);
}

TEST_CASE("without coordinates the region stands in, in cyclic order") {
  const model::Municipalities m = anywhere({0, 1, 0, 1, 0, 0, 0, 2, 0});
  const model::Network network = build_network(m, random::world_key(1), std::nullopt);
  using Units = std::vector<std::uint32_t>;
  CHECK(layer(network, 0, 0) == Units{2, 4, 5, 6});
  CHECK(layer(network, 5, 0) == Units{6, 8, 0, 2});
  CHECK(layer(network, 8, 0) == Units{0, 2, 4, 5});
  CHECK(layer(network, 1, 0) == Units{3});
  CHECK(layer(network, 3, 0) == Units{1});
  CHECK(layer(network, 7, 0).empty());
}

// [eq. 52]
TEST_CASE("upward peers follow their rule, in small and large populations") {
  for (const std::int64_t units : {1L, 2L, 3L, 9L, 17L, 333L, 400L, 1'000L}) {
    Request request;
    request.units = units;
    Diagnostics diagnostics;
    const model::Municipalities m =
        build(request, germany(), random::world_key(11), diagnostics).municipalities;
    check_whole(m, m.network);
    for (std::uint32_t unit = 0; unit < m.size(); ++unit)
      REQUIRE(layer(m.network, unit, 1) == peers_by_rule(m, unit, 11, layer(m.network, unit, 0)));
  }
}

TEST_CASE("two units are each other's only neighbour") {
  const model::Network network =
      build_network(anywhere({0, 0}), random::world_key(1), std::nullopt);
  CHECK(network.first == std::vector<std::uint32_t>{0, 1, 2});
  CHECK(network.target == std::vector<std::uint32_t>{1, 0});
}

TEST_CASE("units that touch replace the nearest") {
  using Units = std::vector<std::uint32_t>;
  const Contacts star{{0, 1}, {2, 0}, {0, 3}, {0, 4}, {5, 0}, {0, 5}, {3, 3}, {4, 5}};
  const model::Network near =
      build_network(places({{0, 0}, {5, 0}, {4, 0}, {-4, 0}, {2, 0}, {1, 0}, {0.5, 0}}),
                    random::world_key(1), star);
  CHECK(layer(near, 0, 0) == Units{5, 4, 2, 3});  // 2 and 3 at the same distance, 1 too far
  CHECK(layer(near, 1, 0) == Units{0});
  CHECK(layer(near, 3, 0) == Units{0});
  CHECK(layer(near, 4, 0) == Units{5, 0});
  CHECK(layer(near, 6, 0).empty());
  const model::Network blind =
      build_network(anywhere({0, 0, 0, 0, 0, 0, 0}), random::world_key(1), star);
  CHECK(layer(blind, 0, 0) == Units{1, 2, 3, 4});
}

TEST_CASE("an adjacency file speaks of municipalities before they are merged") {
  const TemporaryFile file(
      "id,name,land,region,population,administration\n"
      "01,A,L,R,10,V\n02,B,L,R,10,V\n03,C,L,S,10,\n04,D,L,T,10,W\n05,E,M,U,10,W\n06,F,M,U,10,\n");
  const TemporaryFile pairs("a,b,dist_km\n01,02,1.5\n03,02,2.5\n05,06,3.5\n");
  Request request;
  request.file = file.path();
  request.adjacency = pairs.path();
  Diagnostics diagnostics;
  const model::Municipalities m =
      build(request, germany(), random::world_key(1), diagnostics).municipalities;
  REQUIRE_FALSE(diagnostics.failed());
  REQUIRE(m.id == std::vector<std::string>{"03", "06", "V", "W"});
  using Units = std::vector<std::uint32_t>;
  CHECK(layer(m.network, 0, 0) == Units{2});
  CHECK(layer(m.network, 1, 0) == Units{3});
  CHECK(layer(m.network, 2, 0) == Units{0});
  CHECK(layer(m.network, 3, 0) == Units{1});

  request.select_region = {"R", "S"};
  const model::Municipalities part =
      build(request, germany(), random::world_key(1), diagnostics).municipalities;
  REQUIRE(part.id == std::vector<std::string>{"03", "V"});
  CHECK(layer(part.network, 0, 0) == Units{1});
  CHECK(layer(part.network, 1, 0) == Units{0});

  const TemporaryFile bad("a,b\n01,02\n1,02\n03,99\n03\n04,\n");
  request.adjacency = bad.path();
  CHECK(build(request, germany(), random::world_key(1), diagnostics).municipalities.size() == 0);
  const std::string errors = listed(diagnostics.errors());
  CHECK(contains(errors, "3:1: id '1' is not in the population"));
  CHECK(contains(errors, "did you mean '01'?"));
  CHECK(contains(errors, "4:4: id '99' is not in the population"));
  CHECK(contains(errors, "5: 1 fields (the header has 2)"));
  CHECK(contains(errors, "6:4: no id"));
  CHECK(diagnostics.errors().size() == 4);
}
