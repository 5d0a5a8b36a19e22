// Enough replicates: when is every paired gain known well enough? (metrics.md, "Statistics of
// runs")
#pragma once

#include <atomic>
#include <span>
#include <string>
#include <vector>

#include "study/study.h"

namespace rathaus::study {

/// Judges the half width of the paired gain, averaged over points, of every scenario under every
/// theory; a study with one scenario is judged by its level. Stops once all of them are narrow
/// enough and stay so for the next 5 replicates (5 % of them above 100), against lucky early stops
/// (Hoad, Robinson and Davies 2010); the confidence is shared out between the comparisons
/// (Bonferroni).
///
/// Cases are taken in their order, so that the number of replicates is a function of the results
/// and of nothing else: not of threads, nor of a resume.
class Stopping {
 public:
  /// Of a study without a rule it never stops anything.
  explicit Stopping(const Study& study);

  /// The next case in order: what the rule is about, by scenario, NaN where it has no value; empty
  /// if the case failed: its replicate then counts for nothing.
  void take(const CaseId& id, std::span<const double> levels);

  /// May be asked from any thread.
  bool is_reached() const { return reached_.load(); }
  /// Replicates of the result: those that had been judged when the rule was met, else all.
  std::uint32_t replicates() const;
  /// Why the study ended here, in one sentence; empty without a rule.
  std::string reason() const;

 private:
  void judge();

  const Study& study_;
  std::uint32_t cases_of_replicate_ = 0;
  bool complete_ = true;
  struct Pair {
    double level = 0.0, baseline = 0.0;
  };
  std::vector<Pair> sum_;  //!< [comparison] of this replicate, over points
  std::vector<std::vector<double>> levels_, baselines_, gains_;  //!< [comparison][replicate]
  std::uint32_t judged_ = 0;        //!< replicates taken, failed ones included
  std::uint32_t narrow_since_ = 0;  //!< 0: not narrow now
  double widest_ = 0.0;
  std::size_t widest_comparison_ = 0;
  std::atomic<bool> reached_{false};
};

}  // namespace rathaus::study
