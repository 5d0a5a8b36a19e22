// A municipality or an administration in words, as files and the recipe know it, before the model
// sees only numbers of it.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

namespace rathaus::population {

/// A number nobody has told us. It spreads through sums: a mean over an unknown is unknown.
inline constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
inline bool is_known(double value) {
  return !std::isnan(value);
}

struct Unit {
  std::string id;
  std::string name;
  std::string land;
  std::string region;
  std::string administration;       //!< empty: decides for itself
  std::string provider;             //!< IT-provider group, empty: unknown
  std::int32_t population = 0;      //!< N [inhabitant], > 0
  std::uint32_t entity = 0;         //!< rank of the id among all units, set by merge()
  double longitude = unknown;       //!< [degree_east]
  double latitude = unknown;        //!< [degree_north]
  double fiscal = unknown;          //!< f, relative to the mean [1]
  double innovativeness = unknown;  //!< ι [util]
  double trust = unknown;           //!< T₀ [1]
  std::size_t line = 0;             //!< in the population file; 0: synthetic

  bool has_coordinates() const { return is_known(longitude) && is_known(latitude); }
};

}  // namespace rathaus::population
