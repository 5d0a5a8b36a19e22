#include "model/programmes.h"

#include <algorithm>

namespace rathaus::model {

bool Programme::has(Port port) const {
  return std::ranges::any_of((*this)[port].value, [](double g) { return g > 0.0; });
}

}  // namespace rathaus::model
