// The values of one variable of one run, row-major, in the type that they have in the file.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "hdf5/types.h"

namespace rathaus::record {

using Values =
    std::variant<std::vector<std::int8_t>, std::vector<std::int16_t>, std::vector<std::int32_t>,
                 std::vector<std::int64_t>, std::vector<float>, std::vector<double>>;

/// Whole numbers of `quantum` in the type that they have in the file. Money, energy and mass are
/// quotients and therefore exact: 1234 cents are 1234 / 100 EUR, not 1234 x 0.01.
inline Values in_units(std::vector<std::int64_t> count, hdf5::Type type, double quantum) {
  switch (type) {
    case hdf5::Type::int32:
      return std::vector<std::int32_t>(count.begin(), count.end());
    case hdf5::Type::int64:
      return count;
    default: {
      const double per_unit = 1.0 / quantum;
      std::vector<double> values(count.begin(), count.end());
      for (double& value : values) value /= per_unit;
      return values;
    }
  }
}

inline std::vector<double> as_doubles(const Values& values) {
  return std::visit(
      [](const auto& typed) { return std::vector<double>(typed.begin(), typed.end()); }, values);
}

inline std::size_t size_of(const Values& values) {
  return std::visit([](const auto& typed) { return typed.size(); }, values);
}

}  // namespace rathaus::record
