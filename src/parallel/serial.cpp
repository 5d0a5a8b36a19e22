#include "parallel/parallel.h"

namespace rathaus::parallel {

void for_each(std::size_t count, const std::function<void(std::size_t)>& body) {
  for (std::size_t i = 0; i < count; ++i) body(i);
}

}  // namespace rathaus::parallel
