#include "population/measure.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "catch.h"

using namespace rathaus;
using namespace rathaus::population;

namespace {

using Edges = std::set<std::pair<std::uint32_t, std::uint32_t>>;

model::Network network(std::uint32_t units, const Edges& edges) {
  model::Network n{{0}, {}, {}};
  for (std::uint32_t unit = 0; unit < units; ++unit) {
    for (const auto& [from, to] : edges)
      if (from == unit) n.target.push_back(to);
    n.first.push_back(static_cast<std::uint32_t>(n.target.size()));
  }
  n.layer.resize(n.target.size());
  return n;
}

}  // namespace

TEST_CASE("a triangle, a pair and a hermit") {
  const NetworkMeasures m = measure(network(6, {{0, 1}, {1, 2}, {2, 0}, {3, 4}}));
  CHECK(m.components == 3);
  CHECK(m.largest_component_share == 0.5);
  CHECK(m.mean_out_degree == Approx(4.0 / 6.0));
  CHECK(m.mean_clustering == Approx(0.5));
}

TEST_CASE("mutual contacts count once") {
  // A square with one diagonal, partly in both directions: 2/3, 1, 2/3, 1.
  const NetworkMeasures m =
      measure(network(4, {{0, 1}, {1, 0}, {1, 2}, {3, 2}, {2, 3}, {3, 0}, {0, 2}, {2, 0}}));
  CHECK(m.components == 1);
  CHECK(m.mean_out_degree == 2.0);
  CHECK(m.mean_clustering == Approx(5.0 / 6.0));
}

TEST_CASE("measures agree with their definitions on random networks") {
  std::mt19937 tape(9);
  for (const std::uint32_t edges_wanted : {0u, 10u, 40u, 200u}) {
    constexpr std::uint32_t units = 40;
    Edges edges;
    while (edges.size() < edges_wanted) {
      const auto from = static_cast<std::uint32_t>(tape() % units);
      const auto to = static_cast<std::uint32_t>(tape() % units);
      if (from != to) edges.emplace(from, to);
    }
    const auto touch = [&](std::uint32_t a, std::uint32_t b) {
      return edges.contains({a, b}) || edges.contains({b, a});
    };
    std::vector<std::uint32_t> label(units);
    std::iota(label.begin(), label.end(), 0u);
    for (std::uint32_t round = 0; round < units; ++round)
      for (const auto& [a, b] : edges) label[a] = label[b] = std::min(label[a], label[b]);
    double clustering = 0.0;
    for (std::uint32_t i = 0; i < units; ++i) {
      int pairs = 0, closed = 0;
      for (std::uint32_t a = 0; a < units; ++a)
        for (std::uint32_t b = 0; b < a; ++b)
          if (a != i && b != i && touch(i, a) && touch(i, b)) ++pairs, closed += touch(a, b);
      if (pairs > 0) clustering += static_cast<double>(closed) / pairs / units;
    }
    std::ptrdiff_t largest = 0;
    for (const std::uint32_t l : label) largest = std::max(largest, std::ranges::count(label, l));

    const NetworkMeasures m = measure(network(units, edges));
    CHECK(m.components == std::set<std::uint32_t>(label.begin(), label.end()).size());
    CHECK(m.largest_component_share == Approx(static_cast<double>(largest) / units));
    CHECK(m.mean_out_degree == Approx(static_cast<double>(edges_wanted) / units));
    CHECK(m.mean_clustering == Approx(clustering));
  }
  CHECK(measure(network(0, {})).components == 0);
}
