// The test bench: patterns beside the runs of a study, simulated or read from a result file.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "hdf5/group.h"
#include "model/municipalities.h"
#include "patterns/pattern.h"
#include "study/study.h"

namespace rathaus::patterns {

/// What the runs say: one row per replicate (and point), one column per pattern.
struct Bench {
  std::vector<std::vector<Measured>> runs;  //!< [run][pattern]
  std::vector<std::uint32_t> replicate;     //!< [run]
  std::vector<std::string> why;             //!< [pattern] the first reason why one has no value
};

/// Simulates every replicate of the study's first theory and point; same study, same bits for any
/// number of threads. Ends early, with the runs that are done, once `stop` is raised.
Bench simulate_bench(const study::Study& study, const model::Municipalities& municipalities,
                     const std::vector<Pattern>& patterns, int threads = 0,
                     const std::atomic<bool>* stop = nullptr);

/// Reads the runs of the first theory of a result file. FileError if they cannot be read.
Bench read_bench(const hdf5::Group& root, const std::vector<Pattern>& patterns);

enum class Verdict : std::uint8_t { met, missed, unclear, not_measured };
inline constexpr std::array<std::string_view, 4> verdict_names{"met", "missed", "unclear",
                                                               "not measured"};

struct Judgement {
  Verdict verdict = Verdict::not_measured;
  double value{};        //!< ratio of the means over replicates; NaN: none, or infinite
  double low{}, high{};  //!< its 95 % interval by chance (Fieller); NaN: none or not finite
  std::size_t runs = 0;  //!< with a value
  std::size_t runs_all = 0;
  std::size_t runs_met = 0;  //!< that meet the criterion each for itself
  std::string why;           //!< of a pattern that is not measured
};

/// Met or missed as the value is; unclear where its interval reaches across a bound, or where there
/// is no interval. Points of a design are averaged within each replicate.
Judgement judge(const Pattern& pattern, std::size_t nth, const Bench& bench);

/// Numerators and denominators of replicates together: what calibration compares with the target.
Measured together(const std::vector<Measured>& replicates);

}  // namespace rathaus::patterns
