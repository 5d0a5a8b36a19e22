#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

#include "parallel/parallel.h"

namespace rathaus::parallel {

void for_each(std::size_t count, const std::function<void(std::size_t)>& body) {
  tbb::task_group_context whole(tbb::task_group_context::isolated);
  tbb::this_task_arena::isolate(
      [&] { tbb::parallel_for(std::size_t{0}, count, std::cref(body), whole); });
}

}  // namespace rathaus::parallel
