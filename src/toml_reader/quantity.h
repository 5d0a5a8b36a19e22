// A named number with its unit and bounds, whichever struct of the model it belongs to.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "model/parameters.h"

namespace rathaus::toml_reader {

struct Quantity {
  std::string_view name;
  std::string_view unit;
  double lowest;  //!< hard bounds, inclusive
  double highest;
  bool whole;  //!< must be a whole number
  std::string_view meaning;
  std::optional<double> off{};  //!< at this value its mechanism is off: it need not be given
};

/// The list of a struct's fields, in its order.
template <class Struct>
std::vector<Quantity> quantities(std::span<const model::Field<Struct>> fields) {
  std::vector<Quantity> list;
  for (const model::Field<Struct>& f : fields)
    list.push_back({f.name, f.unit, f.lowest, f.highest, f.whole, f.meaning, f.off});
  return list;
}

}  // namespace rathaus::toml_reader
