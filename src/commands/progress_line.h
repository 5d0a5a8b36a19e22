// How far a long work is: one line that renews itself on a terminal, one line a minute elsewhere;
// of runs objects for a program, too (--diagnostics json).
#pragma once

#include <chrono>
#include <string>

#include "run/runner.h"

namespace rathaus::commands {

class ProgressLine {
 public:
  explicit ProgressLine(bool quiet);
  /// Shows runs done, runs a second and time left on standard error if it is time to.
  void operator()(const run::Progress& progress);
  /// The same for other work, `elapsed` after its begin.
  void tell(std::chrono::duration<double> elapsed, const std::string& line, bool last = false);
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
