#include "population/network.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace rathaus::population {
namespace {

constexpr std::uint32_t upward_peers = 4;

/// Units in the order of their size, and every unit's place in it.
struct Ranking {
  std::vector<std::uint32_t> unit;
  std::vector<std::uint32_t> rank;
};

Ranking ranked_by_size(const std::vector<std::int32_t>& population) {
  Ranking ranking{std::vector<std::uint32_t>(population.size()),
                  std::vector<std::uint32_t>(population.size())};
  std::iota(ranking.unit.begin(), ranking.unit.end(), 0u);
  std::ranges::stable_sort(ranking.unit, {}, [&](std::uint32_t i) { return population[i]; });
  for (std::uint32_t r = 0; r < ranking.unit.size(); ++r) ranking.rank[ranking.unit[r]] = r;
  return ranking;
}

/// The ranks a unit looks at: a quarter of the window below its own rank, three quarters above,
/// shifted inwards at both ends [ODD eq. 52].
struct Window {
  std::int64_t lowest;
  std::int64_t width;

  Window(std::int64_t rank, std::int64_t units)
      : width(std::min(units, std::max<std::int64_t>(16, (units + 19) / 20))) {
    lowest = std::clamp<std::int64_t>(rank - width / 4, 0, units - width);
  }
};

/// Appends the upward peers of a unit to its neighbours, which begin at `first` in `target`.
void add_upward_peers(std::uint32_t unit, std::uint32_t entity, const Ranking& ranking,
                      const random::Key& world, std::size_t first,
                      std::vector<std::uint32_t>& target) {
  const Window window(ranking.rank[unit], static_cast<std::int64_t>(ranking.unit.size()));
  random::Draws draw(world, random::Process::network, entity, 0);
  for (std::uint32_t sub = 0; sub < upward_peers; ++sub) {
    auto step = static_cast<std::int64_t>(draw(sub) * static_cast<double>(window.width));
    for (std::int64_t tries = 0; tries < window.width; ++tries, step = (step + 1) % window.width) {
      const std::uint32_t peer = ranking.unit[static_cast<std::size_t>(window.lowest + step)];
      const auto taken = std::span(target).subspan(first);
      if (peer == unit || std::ranges::find(taken, peer) != taken.end()) continue;
      target.push_back(peer);
      break;
    }
  }
}

}  // namespace

model::Network build_network(const model::Municipalities& municipalities, const random::Key& world,
                             std::optional<Contacts> contacts) {
  const std::vector<Neighbours> geographic =
      contacts                            ? touching_units(municipalities, std::move(*contacts))
      : !municipalities.longitude.empty() ? nearest_units(municipalities)
                                          : region_units(municipalities);
  const Ranking ranking = ranked_by_size(municipalities.population);
  constexpr std::uint8_t geographic_layer = 0, upward_layer = 1;

  model::Network network;
  network.first.reserve(municipalities.size() + 1);
  network.target.reserve(municipalities.size() * (geographic_neighbours + upward_peers));
  network.layer.reserve(network.target.capacity());
  network.first.push_back(0);
  for (std::uint32_t unit = 0; unit < municipalities.size(); ++unit) {
    const Neighbours& near = geographic[unit];
    const std::size_t first = network.target.size();
    network.target.insert(network.target.end(), near.unit.begin(), near.unit.begin() + near.count);
    network.layer.resize(network.target.size(), geographic_layer);
    add_upward_peers(unit, municipalities.entity[unit], ranking, world, first, network.target);
    network.layer.resize(network.target.size(), upward_layer);
    network.first.push_back(static_cast<std::uint32_t>(network.target.size()));
  }
  return network;
}

}  // namespace rathaus::population
