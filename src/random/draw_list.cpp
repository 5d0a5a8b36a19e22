#include "random/draw_list.h"

#include "random/philox.h"

namespace rathaus::random {

void DrawList::compute() {
  philox(key_, {entity_.data(), sub_block_.data(), process_.data(), quarter_, size_}, words_);
}

}  // namespace rathaus::random
