// Finished cases on their way into the log.
#pragma once

#include <atomic>
#include <chrono>
#include <string>

#include "record/case_log.h"
#include "run/computer.h"
#include "run/runner.h"
#include "study/stopping.h"

namespace rathaus::run {

using Clock = std::chrono::steady_clock;

/// Appends finished cases to the log and reports; forces them to the disk once a second. After the
/// first case that the machine could not compute, finished ones are kept and no further one begins.
class Keeper {
 public:
  Keeper(record::CaseLog& log, study::Stopping& stopping, RunReport& report,
         const RunOptions& options, std::size_t runs_per_case, Clock::time_point begin)
      : log_(log),
        stopping_(stopping),
        report_(report),
        options_(options),
        runs_per_case_(runs_per_case),
        begin_(begin),
        synced_(begin) {}

  bool is_hindered() const { return hindered_.load(); }
  /// "case 7: out of memory"
  const std::string& hindrance() const { return hindrance_; }

  void keep(const study::CaseId& id, const Finished& finished);

 private:
  record::CaseLog& log_;
  study::Stopping& stopping_;
  RunReport& report_;
  const RunOptions& options_;
  std::size_t runs_per_case_;
  Clock::time_point begin_, synced_;
  std::string hindrance_;
  std::atomic<bool> hindered_{false};
};

}  // namespace rathaus::run
