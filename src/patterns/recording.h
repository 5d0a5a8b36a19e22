// What a statistic sees of a study: the variables of the result file, run by run, whether they come
// from a file or straight from a simulation.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "record/variables.h"
#include "study/case.h"

namespace rathaus::patterns {

struct Axis {
  std::string name;
  std::vector<std::string> labels;  //!< empty if its places are numbered
  std::size_t length = 0;
};

/// One variable of one run, row-major.
struct Recorded {
  std::vector<Axis> axes;
  std::vector<double> values;
};

/// The runs of one replicate at one point: one per scenario.
class Recording {
 public:
  Recording(model::CalendarQuarter start, std::uint32_t quarters, std::string baseline)
      : start_(start), quarters_(quarters), baseline_(std::move(baseline)) {}
  virtual ~Recording() = default;
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;

  model::CalendarQuarter start() const { return start_; }
  std::uint32_t quarters() const { return quarters_; }
  /// A variable by its path in the result file, such as "adopters" or "strata/count"; null if it is
  /// not held. `scenario`: empty for the baseline.
  const Recorded* find(const std::string& scenario, const std::string& variable);

 private:
  /// Without axes: not held.
  virtual Recorded load(const std::string& scenario, const std::string& variable) = 0;

  model::CalendarQuarter start_;
  std::uint32_t quarters_;
  std::string baseline_;
  std::map<std::pair<std::string, std::string>, Recorded> held_;
};

/// From the runs of a case, as simulated.
class CaseRecording : public Recording {
 public:
  /// All three must outlive the object.
  CaseRecording(const study::Study& study, const study::Worlds& worlds,
                const std::vector<study::RunRecord>& runs);

 private:
  Recorded load(const std::string& scenario, const std::string& variable) override;

  const study::Study& study_;
  const study::Worlds& worlds_;
  const std::vector<study::RunRecord>& runs_;
  std::vector<record::Variable> variables_;
};

}  // namespace rathaus::patterns
