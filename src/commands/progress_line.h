// Runs done, runs a second, time left: one line that renews itself on a terminal, one line a minute
// elsewhere; objects for a program (--diagnostics json).
#pragma once

#include <chrono>

#include "run/runner.h"

namespace rathaus::commands {

class ProgressLine {
 public:
  explicit ProgressLine(bool quiet);
  /// Shows the progress on standard error if it is time to.
  void operator()(const run::Progress& progress);
  /// Ends the line on a terminal.
  void finish();

 private:
  void tell_program(const run::Progress& progress, bool last);

  bool quiet_;
  bool terminal_;
  bool open_ = false;
  std::chrono::duration<double> next_{0.0};
};

}  // namespace rathaus::commands
