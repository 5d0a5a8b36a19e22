// One case at a time: simulated, or the reason why it could not be.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/municipalities.h"
#include "record/case_log.h"
#include "record/measure.h"
#include "run/runner.h"
#include "study/case.h"
#include "study/study.h"

namespace rathaus::run {

/// A case on its way from the thread that computes it to the log.
struct Finished {
  std::uint64_t number = 0;
  std::vector<record::RunValues> runs;
  std::vector<double> levels;  //!< what the stopping rule is about, by scenario
  std::optional<record::Failure> failure;
  std::string hindrance;  //!< why the machine could not compute it: it is not done
};

/// Computes cases; the worlds of the first are made once.
class Computer {
 public:
  /// All three must outlive the object.
  Computer(const study::Study& study, const model::Municipalities& municipalities,
           const RunOptions& options);

  const study::Worlds& first() const { return first_; }

  /// What the stopping rule is about in the runs of a case; nothing without a rule.
  std::vector<double> levels_of(const std::vector<record::RunValues>& runs) const;

  /// Never throws: what goes wrong is the failure of the case, or a hindrance, as a lack of memory
  /// is, which may be over when the case is tried again.
  Finished compute(std::uint64_t number) const;

 private:
  std::vector<record::RunValues> values_of_case(const study::Worlds& worlds,
                                                const study::CaseId& id) const;

  const study::Study& study_;
  const model::Municipalities& municipalities_;
  const RunOptions& options_;
  study::Worlds first_;
  std::vector<record::Variable> variables_;
  std::optional<record::Measure> judged_;
};

}  // namespace rathaus::run
