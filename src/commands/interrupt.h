// Ctrl-C and SIGTERM: finish what is in flight, write it, then stop.
#pragma once

#include <atomic>

namespace rathaus::commands {

/// While it lives, the first SIGINT or SIGTERM raises the flag; a second one ends the process.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  const std::atomic<bool>* flag() const;
};

}  // namespace rathaus::commands
