#include "patterns/bench.h"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include <cmath>
#include <map>
#include <optional>

#include "analysis/statistics.h"
#include "patterns/file_recording.h"
#include "patterns/statistic.h"
#include "run/threads.h"

namespace rathaus::patterns {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

bool has_value(const Measured& m) {
  return !std::isnan(m.numerator);
}

std::vector<Measured> measure_all(const std::vector<Pattern>& patterns, Recording& recording,
                                  std::vector<std::string>& why) {
  std::vector<Measured> row;
  why.resize(patterns.size());
  for (std::size_t p = 0; p < patterns.size(); ++p)
    row.push_back(measure(patterns[p], recording, &why[p]));
  return row;
}

void note(std::vector<std::string>& all, const std::vector<std::string>& why) {
  for (std::size_t p = 0; p < why.size(); ++p)
    if (all[p].empty()) all[p] = why[p];
}

Verdict verdict_of(const Criterion& criterion, const analysis::Ratio& ratio, double value) {
  if (std::isinf(value)) return criterion.met(value) ? Verdict::met : Verdict::missed;
  if (!ratio.finite || std::isnan(ratio.low)) return Verdict::unclear;
  const bool met = criterion.met(value);
  // a criterion is one interval: both ends on the side of the value, and none of it leapt over
  const bool clear = met ? criterion.met(ratio.low) && criterion.met(ratio.high)
                         : ratio.high < criterion.low || ratio.low > criterion.high;
  if (!clear) return Verdict::unclear;
  return met ? Verdict::met : Verdict::missed;
}

}  // namespace

Bench simulate_bench(const study::Study& study, const model::Municipalities& municipalities,
                     const std::vector<Pattern>& patterns, int threads,
                     const std::atomic<bool>* stop) {
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                  run::threads_for(threads));
  const study::Worlds first(study, municipalities, {});
  std::vector<std::vector<Measured>> runs(study.replicates);
  std::vector<std::vector<std::string>> why(study.replicates);
  tbb::parallel_for(std::uint32_t{0}, study.replicates, [&](std::uint32_t r) {
    if (stop != nullptr && stop->load()) return;
    std::optional<study::Worlds> own;
    const study::CaseId id{0, 0, r};
    const study::Worlds& worlds = study::worlds_of(study, first, municipalities, id, own);
    const auto records = study::compute_case(study, worlds, id);
    CaseRecording recording(study, worlds, records);
    runs[r] = measure_all(patterns, recording, why[r]);
  });
  Bench bench{{}, {}, std::vector<std::string>(patterns.size())};
  for (std::uint32_t r = 0; r < study.replicates; ++r) {
    if (runs[r].empty()) continue;
    bench.runs.push_back(std::move(runs[r]));
    bench.replicate.push_back(r);
    note(bench.why, why[r]);
  }
  return bench;
}

Bench read_bench(const hdf5::Group& root, const std::vector<Pattern>& patterns) {
  analysis::ResultData data(root);
  Bench bench{{}, {}, std::vector<std::string>(patterns.size())};
  const auto& rows = data.runs().of(data.runs().baseline());
  for (std::size_t nth = 0; nth < rows.size(); ++nth) {
    FileRecording recording(data, nth);
    std::vector<std::string> why;
    bench.runs.push_back(measure_all(patterns, recording, why));
    bench.replicate.push_back(static_cast<std::uint32_t>(data.runs().replicate_of(rows[nth])));
    note(bench.why, why);
  }
  return bench;
}

Measured together(const std::vector<Measured>& replicates) {
  Measured sum{0.0, 0.0};
  std::size_t count = 0;
  for (const Measured& m : replicates) {
    if (!has_value(m)) continue;
    sum.numerator += m.numerator;
    sum.denominator += m.denominator;
    ++count;
  }
  return count == 0 ? Measured{} : sum;
}

Judgement judge(const Pattern& pattern, std::size_t nth, const Bench& bench) {
  Judgement judgement{Verdict::not_measured, missing, missing, missing, 0, 0, 0, bench.why[nth]};
  std::map<std::uint32_t, std::vector<Measured>> by_replicate;
  for (std::size_t run = 0; run < bench.runs.size(); ++run) {
    const Measured& m = bench.runs[run][nth];
    ++judgement.runs_all;
    if (!has_value(m)) continue;
    ++judgement.runs;
    judgement.runs_met += pattern.criterion.met(m.value());
    by_replicate[bench.replicate[run]].push_back(m);
  }
  std::vector<double> numerator, denominator;
  for (const auto& [replicate, points] : by_replicate) {
    const Measured m = together(points);
    numerator.push_back(m.numerator / static_cast<double>(points.size()));
    denominator.push_back(m.denominator / static_cast<double>(points.size()));
  }
  if (numerator.empty()) return judgement;
  const analysis::Ratio ratio = analysis::ratio_of_means(numerator, denominator);
  std::vector<Measured> all;
  for (std::size_t i = 0; i < numerator.size(); ++i) all.push_back({numerator[i], denominator[i]});
  judgement.value = together(all).value();
  judgement.low = ratio.low;
  judgement.high = ratio.high;
  judgement.verdict = std::isnan(judgement.value)
                          ? Verdict::not_measured
                          : verdict_of(pattern.criterion, ratio, judgement.value);
  return judgement;
}

}  // namespace rathaus::patterns
