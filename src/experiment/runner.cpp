#include "experiment/runner.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/utsname.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "experiment/case.h"
#include "experiment/result_file.h"

namespace rathaus::experiment {
namespace {

using Clock = std::chrono::steady_clock;

/// Which threads computed runs.
class Workers {
 public:
  void note() {
    const std::lock_guard lock(mutex_);
    seen_.insert(std::this_thread::get_id());
  }
  std::size_t count() const { return seen_.size(); }

 private:
  std::mutex mutex_;
  std::set<std::thread::id> seen_;
};

std::string environment(int threads, std::size_t workers) {
  utsname system{};
  uname(&system);
  return fmt::format("system {} {} {}\nhardware threads {}\nthreads {}\nworkers {}\n",
                     system.sysname, system.release, system.machine,
                     std::thread::hardware_concurrency(), threads, workers);
}

std::string log(const Study& study, const RunReport& report) {
  std::string text;
  for (const std::string& warning : study.warnings) text += "warning: " + warning + "\n";
  for (const std::string& note : study.notes) text += "note: " + note + "\n";
  if (report.interrupted)
    text += fmt::format("interrupted after {} of {} runs\n", report.runs_done, report.runs_planned);
  else
    text += fmt::format("all {} runs done\n", report.runs_done);
  return text;
}

}  // namespace

RunReport run_study(const Study& study, const model::Municipalities& municipalities,
                    const RunOptions& options) {
  const auto begin = Clock::now();
  const int threads =
      options.threads > 0 ? options.threads : static_cast<int>(std::thread::hardware_concurrency());
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(threads));
  tbb::task_arena arena(threads);

  // of a study with one point, else made anew for every case
  const Worlds first(study, municipalities, case_at(study, 0));
  const bool one_point = study.alternatives.size() * study.design.points == 1;
  ResultFile file(options.target, study, first.world(0), options.build, options.overwrite);
  const std::uint64_t cases = case_count(study);
  RunReport report;
  report.runs_planned = static_cast<std::uint32_t>(cases * first.runs_per_case());
  Workers workers;
  std::uint64_t next = 0;

  // Cases begin in order, are computed in any order and are written in order; the number in flight
  // bounds the memory.
  const auto begin_case = [&](tbb::flow_control& flow) -> std::uint64_t {
    if (options.stop != nullptr && options.stop->load()) report.interrupted = next < cases;
    if (report.interrupted || next == cases) {
      flow.stop();
      return 0;
    }
    return next++;
  };
  using Case = std::vector<RunRecord>;
  const auto compute = [&](std::uint64_t number) {
    workers.note();
    const CaseId id = case_at(study, number);
    if (one_point) return std::make_unique<Case>(compute_case(study, first, id)).release();
    const Worlds worlds(study, municipalities, id);
    return std::make_unique<Case>(compute_case(study, worlds, id)).release();
  };
  const auto write_case = [&](Case* finished) {
    const std::unique_ptr<Case> runs(finished);
    for (const RunRecord& run : *runs) file.append(run);
    report.runs_done += static_cast<std::uint32_t>(runs->size());
    if (options.progress)
      options.progress({report.runs_done, report.runs_planned, Clock::now() - begin});
  };
  using Mode = tbb::filter_mode;
  arena.execute([&] {
    tbb::parallel_pipeline(
        2 * static_cast<std::size_t>(threads),
        tbb::make_filter<void, std::uint64_t>(Mode::serial_in_order, begin_case) &
            tbb::make_filter<std::uint64_t, Case*>(Mode::parallel, compute) &
            tbb::make_filter<Case*, void>(Mode::serial_in_order, write_case));
  });

  report.workers = static_cast<std::uint32_t>(workers.count());
  file.commit(environment(threads, report.workers), log(study, report));
  report.elapsed = Clock::now() - begin;
  return report;
}

}  // namespace rathaus::experiment
