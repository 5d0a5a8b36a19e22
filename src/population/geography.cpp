#include "population/geography.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nanoflann.hpp>
#include <numeric>
#include <span>
#include <tuple>

#include "diagnostics/diagnostics.h"
#include "lanes/elementary.h"

namespace rathaus::population {
namespace {

constexpr double earth_radius_mm = 6'371'008'800.0;  // mean radius R1 [mm], Moritz (2000), GRS 80

/// Points on the unit sphere. The chord between two of them orders pairs as the great circle does.
class Sphere {
 public:
  explicit Sphere(const model::Municipalities& municipalities)
      : points_(municipalities.longitude.size()) {
    for (std::size_t i = 0; i < points_.size(); ++i) {
      const double longitude = municipalities.longitude[i] / 180.0;  // half turns
      const double latitude = municipalities.latitude[i] / 180.0;
      const double cosine = elementary::cospi(latitude);
      points_[i] = {cosine * elementary::cospi(longitude), cosine * elementary::sinpi(longitude),
                    elementary::sinpi(latitude)};
    }
  }

  /// Whole millimetres: sines that differ in the last bit between machines break no tie.
  static std::int64_t millimetres(double chord_squared) {
    return std::llround(earth_radius_mm * std::sqrt(chord_squared));
  }
  std::int64_t distance(std::uint32_t a, std::uint32_t b) const {
    double squared = 0.0;
    for (std::size_t d = 0; d < 3; ++d)
      squared += (points_[a][d] - points_[b][d]) * (points_[a][d] - points_[b][d]);
    return millimetres(squared);
  }
  const double* point(std::size_t i) const { return points_[i].data(); }

  /// Units of every place, ascending. Only the first ones of a place can be among the nearest of a
  /// unit, as equals are taken by their index: a search that saw a hundred thousand units at one
  /// place would take the square of their number.
  std::vector<std::vector<std::uint32_t>> units_by_place() const {
    constexpr std::size_t most = geographic_neighbours + 1;  // one of them may ask itself
    std::vector<std::uint32_t> order(points_.size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return points_[i]; });
    std::vector<std::vector<std::uint32_t>> places;
    const std::array<double, 3>* last = nullptr;
    for (const std::uint32_t i : order) {
      if (last == nullptr || *last != points_[i]) places.emplace_back();
      if (places.back().size() < most) places.back().push_back(i);
      last = &points_[i];
    }
    return places;
  }

 private:
  std::vector<std::array<double, 3>> points_;
};

/// Places on the sphere, each once, as nanoflann asks for them.
struct PlaceSet {
  const Sphere& sphere;
  std::vector<std::vector<std::uint32_t>> units;  //!< [place]

  std::size_t kdtree_get_point_count() const { return units.size(); }
  double kdtree_get_pt(std::size_t place, std::size_t dimension) const {
    return sphere.point(units[place].front())[dimension];
  }
  template <class Box>
  bool kdtree_get_bbox(Box&) const {
    return false;
  }
};

using Tree = nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<double, PlaceSet>,
                                                 PlaceSet, 3, std::uint32_t>;

/// The four nearest so far, by (distance, id): nanoflann's own set leaves ties to chance.
class Nearest {
 public:
  using DistanceType = double;
  Nearest(std::uint32_t self, const PlaceSet& places) : self_(self), places_(places) {}

  bool addPoint(double chord_squared, std::uint32_t place) {
    if (++visited_ > most_visited) throw crowded();
    for (const std::uint32_t unit : places_.units[place]) add(chord_squared, unit);
    return true;
  }
  /// A little beyond the fourth, so that units at the same distance are looked at too.
  double worstDist() const {
    if (!full()) return std::numeric_limits<double>::max();
    const double chord = (static_cast<double>(best_.back().first) + 1.0) / earth_radius_mm;
    return chord * chord;
  }
  bool full() const { return count_ == best_.size(); }
  std::size_t size() const { return count_; }
  bool empty() const { return count_ == 0; }
  void sort() {}  // newer nanoflann asks for it; they are sorted already

  Neighbours units() const {
    Neighbours neighbours;
    for (std::size_t i = 0; i < count_; ++i) neighbours.add(best_[i].second);
    return neighbours;
  }

 private:
  using Candidate = std::pair<std::int64_t, std::uint32_t>;  // [mm], unit
  /// Of real places and of random ones a search visits a few hundred.
  static constexpr std::size_t most_visited = 20'000;

  void add(double chord_squared, std::uint32_t unit) {
    if (unit == self_) return;
    const Candidate candidate{Sphere::millimetres(chord_squared), unit};
    if (full() && candidate > best_.back()) return;
    if (!full()) ++count_;
    const auto found = std::span(best_).first(count_);
    found.back() = candidate;
    for (std::size_t i = count_ - 1; i > 0 && found[i] < found[i - 1]; --i)
      std::swap(found[i], found[i - 1]);
  }
  static InputError crowded() {
    return InputError(fmt::format(
        "the population has more than {} places within a millimetre of one another (to find the "
        "nearest of each would take hours) are lon and lat in degrees?",
        most_visited));
  }

  std::uint32_t self_;
  const PlaceSet& places_;
  std::size_t visited_ = 0;
  std::size_t count_ = 0;
  std::array<Candidate, geographic_neighbours> best_{};
};

}  // namespace

std::vector<Neighbours> nearest_units(const model::Municipalities& municipalities) {
  const Sphere sphere(municipalities);
  const PlaceSet places{sphere, sphere.units_by_place()};
  Tree tree(3, places);
  tree.buildIndex();
  std::vector<Neighbours> neighbours(municipalities.size());
  for (std::uint32_t unit = 0; unit < neighbours.size(); ++unit) {
    Nearest nearest(unit, places);
    tree.findNeighbors(nearest, sphere.point(unit), {});
    neighbours[unit] = nearest.units();
  }
  return neighbours;
}

std::vector<Neighbours> region_units(const model::Municipalities& municipalities) {
  std::vector<std::vector<std::uint32_t>> members(municipalities.region_names.size());
  for (std::uint32_t unit = 0; unit < municipalities.size(); ++unit)
    members[municipalities.region[unit]].push_back(unit);

  std::vector<Neighbours> neighbours(municipalities.size());
  for (const std::vector<std::uint32_t>& region : members) {
    const std::size_t others = std::min(geographic_neighbours, region.size() - 1);
    for (std::size_t i = 0; i < region.size(); ++i)
      for (std::size_t step = 1; step <= others; ++step)
        neighbours[region[i]].add(region[(i + step) % region.size()]);
  }
  return neighbours;
}

std::vector<Neighbours> touching_units(const model::Municipalities& municipalities,
                                       Contacts contacts) {
  const std::size_t pairs = contacts.size();
  contacts.reserve(2 * pairs);
  for (std::size_t i = 0; i < pairs; ++i)
    contacts.emplace_back(contacts[i].second, contacts[i].first);
  std::erase_if(contacts, [](const auto& pair) { return pair.first == pair.second; });

  const Sphere sphere(municipalities);
  const bool has_coordinates = !municipalities.longitude.empty();
  std::vector<std::tuple<std::uint32_t, std::int64_t, std::uint32_t>> ranked;  // unit, [mm], other
  ranked.reserve(contacts.size());
  for (const auto& [unit, other] : contacts)
    ranked.emplace_back(unit, has_coordinates ? sphere.distance(unit, other) : 0, other);
  std::ranges::sort(ranked);
  const auto repeated = std::ranges::unique(ranked);
  ranked.erase(repeated.begin(), repeated.end());

  std::vector<Neighbours> neighbours(municipalities.size());
  for (const auto& [unit, distance, other] : ranked)
    if (!neighbours[unit].full()) neighbours[unit].add(other);
  return neighbours;
}

}  // namespace rathaus::population
