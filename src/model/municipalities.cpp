#include "model/municipalities.h"

namespace rathaus::model {

SizeClass size_class_of(std::int32_t population) {
  if (population < 5'000) return SizeClass::below_5k;
  if (population < 20'000) return SizeClass::from_5k;
  if (population < 100'000) return SizeClass::from_20k;
  return SizeClass::from_100k;
}

}  // namespace rathaus::model
