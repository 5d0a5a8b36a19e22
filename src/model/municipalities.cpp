#include "model/municipalities.h"

#include <algorithm>

namespace rathaus::model {

SizeClass size_class_of(std::int32_t population) {
  const auto above = std::ranges::upper_bound(size_class_bounds, population);
  return static_cast<SizeClass>(above - size_class_bounds.begin());
}

}  // namespace rathaus::model
