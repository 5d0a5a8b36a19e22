// How many threads a command takes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <thread>

namespace rathaus::run {

/// What was asked for; 0 means all that the machine has.
inline std::size_t threads_for(int asked) {
  return asked > 0 ? static_cast<std::size_t>(asked)
                   : std::max(1u, std::thread::hardware_concurrency());
}

}  // namespace rathaus::run
