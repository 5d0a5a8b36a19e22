#include "population/geography.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nanoflann.hpp>
#include <numeric>
#include <span>
#include <tuple>

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

  // What nanoflann asks of a set of points.
  std::size_t kdtree_get_point_count() const { return points_.size(); }
  double kdtree_get_pt(std::size_t i, std::size_t dimension) const { return points_[i][dimension]; }
  template <class Box>
  bool kdtree_get_bbox(Box&) const {
    return false;
  }

 private:
  std::vector<std::array<double, 3>> points_;
};

using Tree = nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<double, Sphere>,
                                                 Sphere, 3, std::uint32_t>;

/// The four nearest so far, by (distance, id): nanoflann's own set leaves ties to chance.
class Nearest {
 public:
  using DistanceType = double;
  explicit Nearest(std::uint32_t self) : self_(self) {}

  bool addPoint(double chord_squared, std::uint32_t unit) {
    if (unit == self_) return true;
    const Candidate candidate{Sphere::millimetres(chord_squared), unit};
    if (full() && candidate > best_.back()) return true;
    if (!full()) ++count_;
    const auto found = std::span(best_).first(count_);
    found.back() = candidate;
    for (std::size_t i = count_ - 1; i > 0 && found[i] < found[i - 1]; --i)
      std::swap(found[i], found[i - 1]);
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
  std::uint32_t self_;
  std::size_t count_ = 0;
  std::array<Candidate, geographic_neighbours> best_{};
};

}  // namespace

std::vector<Neighbours> nearest_units(const model::Municipalities& municipalities) {
  const Sphere sphere(municipalities);
  Tree tree(3, sphere);
  tree.buildIndex();
  std::vector<Neighbours> neighbours(municipalities.size());
  for (std::uint32_t unit = 0; unit < neighbours.size(); ++unit) {
    Nearest nearest(unit);
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
