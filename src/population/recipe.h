// How a synthetic population is made: the content of models/<name>/population.toml.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/municipalities.h"

namespace rathaus::population {

/// Who decides: a joint administration with all its members, or every municipality by itself.
enum class UnitKind : std::uint8_t { administration, municipality };
inline constexpr std::array<const char*, 2> unit_kind_names{"administration", "municipality"};

inline constexpr std::size_t recipe_classes = 10;

/// A unit that stands in the recipe by name.
struct City {
  std::string name;
  std::int64_t inhabitants{};
};

/// Who runs the IT of those that do not run it themselves, in one Land.
struct Operators {
  std::int64_t count = 0;       //!< how many there are
  std::vector<double> largest;  //!< shares of the largest of them, in descending order [1]
};

/// How many units run their IT themselves.
struct OwnOperation {
  /// A synthetic population has operators where the experiment says nothing of providers.
  bool by_default = false;
  std::array<double, model::size_class_names.size()> share{};  //!< [size class] of its units [1]
};

/// What serves as the IT-provider group of a synthetic unit.
enum class Providers : std::uint8_t { regions, operators };
inline constexpr std::array<std::string_view, 2> provider_words{"regions", "operators"};

/// One Land of the recipe: how many units it has in each size class.
struct RecipeLand {
  std::string land;
  std::int64_t kreise = 0;  //!< number of Kreise, the regions of the model
  std::array<std::int64_t, recipe_classes> administrations{};  //!< [unit]
  std::array<std::int64_t, recipe_classes> municipalities{};   //!< [unit]
  /// Of all administrations of a class together [inhabitant]; absent: as the draws have it
  std::optional<std::array<std::int64_t, recipe_classes>> inhabitants = std::nullopt;
  std::vector<City> cities =
      {};  //!< administrations by name, the largest first: all of a class or none

  std::optional<Operators> operators = std::nullopt;  //!< absent: nobody but the units themselves

  const std::array<std::int64_t, recipe_classes>& counts(UnitKind kind) const {
    return kind == UnitKind::administration ? administrations : municipalities;
  }
};

struct Recipe {
  /// Bounds of the size classes, ascending: class c holds bound[c] <= N < bound[c+1] [inhabitant]
  std::array<std::int64_t, recipe_classes + 1> size_bounds{};
  /// Number of units in the country, by unit kind, for which the vendor table holds [unit]
  std::array<double, 2> national_units{};
  std::vector<RecipeLand> lands;
  std::optional<OwnOperation> own_operation =
      std::nullopt;  //!< absent: nothing is known of IT operators

  /// Sum of the table in use [unit]
  std::int64_t total(UnitKind kind) const {
    std::int64_t sum = 0;
    for (const RecipeLand& land : lands)
      for (const std::int64_t count : land.counts(kind)) sum += count;
    return sum;
  }
};

}  // namespace rathaus::population
