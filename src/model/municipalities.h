// The municipalities of a study and who looks at whom: what the population layer hands to the
// model.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace rathaus::model {

enum class SizeClass : std::uint8_t { below_5k, from_5k, from_20k, from_100k };
inline constexpr std::array<const char*, 4> size_class_names{"<5k", "5k-20k", "20k-100k", ">=100k"};
/// Least size of every class but the first [inhabitant].
inline constexpr std::array<std::int32_t, 3> size_class_bounds{5'000, 20'000, 100'000};
SizeClass size_class_of(std::int32_t population);

enum class FiscalClass : std::uint8_t { weak, middle, strong };
inline constexpr std::array<const char*, 3> fiscal_class_names{"weak", "middle", "strong"};

/// Directed neighbours of every unit, in compressed rows: those of unit i are
/// target[first[i]] … target[first[i+1]-1], distinct, never i itself.
struct Network {
  std::vector<std::uint32_t> first;   //!< [units + 1]
  std::vector<std::uint32_t> target;  //!< unit indices
  std::vector<std::uint8_t> layer;    //!< per edge: 0 geographic, 1 upward
};

/// Struct of arrays over units in ascending entity id [ODD section 2.1]. Shared by all runs.
struct Municipalities {
  std::vector<std::uint32_t>
      entity;  //!< entity id: rank of the id text among all units before `select`
  std::vector<std::string> id;
  std::vector<std::string> name;
  std::vector<std::int32_t> population;  //!< N [inhabitant], > 0
  std::vector<std::uint32_t> region;     //!< index into region_names
  std::vector<std::uint32_t> land;       //!< index into land_names
  std::vector<std::uint32_t> provider;   //!< IT-provider group, index into provider_names
  std::vector<double> longitude;         //!< [degree_east], empty if unknown for any unit
  std::vector<double> latitude;          //!< [degree_north]
  std::vector<double> fiscal_normal;   //!< z_f, standard normal; empty if fiscal strength is given
  std::vector<double> fiscal;          //!< f given by the file; empty if drawn
  std::vector<double> innovativeness;  //!< ι given by the file; empty if drawn
  std::vector<double> trust;           //!< T₀ given by the file; empty if drawn
  std::vector<std::string> region_names;  //!< in order of first appearance
  std::vector<std::string> land_names;
  std::vector<std::string> provider_names;
  Network network;
  double national_units{};  //!< number of units for which the vendor table holds

  std::size_t size() const { return population.size(); }
};

}  // namespace rathaus::model
