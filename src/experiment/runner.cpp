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

#include "experiment/result_file.h"
#include "model/simulate.h"
#include "random/draw.h"

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

bool in_panel(const Study& study, std::uint32_t replicate) {
  if (!study.output.panel) return false;
  const std::vector<std::uint32_t>& wanted = study.output.panel->replicates;
  return std::find(wanted.begin(), wanted.end(), replicate) != wanted.end();
}

std::unique_ptr<RunRecord> compute(const Study& study, const model::World& world,
                                   std::uint32_t replicate) {
  const auto begin = Clock::now();
  auto record = std::make_unique<RunRecord>();
  record->replicate = replicate;
  model::Watcher watcher;
  if (in_panel(study, replicate)) {
    record->panel.emplace();
    watcher = [&](const model::State& state) {
      if (state.quarter % study.output.panel->every == 0) record->panel->record(world, state);
    };
  }
  record->outcome = model::simulate(world, random::run_key(study.seed, 0, replicate), watcher);
  record->wall_time = std::chrono::duration<float>(Clock::now() - begin).count();
  return record;
}

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

  const model::World world(municipalities, study.rules, study.quarters, study.output.groups);
  ResultFile file(options.target, study, world, options.build, options.overwrite);
  RunReport report;
  report.runs_planned = study.replicates;
  Workers workers;
  std::uint32_t next = 0;

  // Runs begin in order, are computed in any order and are written in order; the number in flight
  // bounds the memory.
  const auto begin_run = [&](tbb::flow_control& flow) -> std::uint32_t {
    if (options.stop != nullptr && options.stop->load())
      report.interrupted = next < study.replicates;
    if (report.interrupted || next == study.replicates) {
      flow.stop();
      return 0;
    }
    return next++;
  };
  const auto compute_run = [&](std::uint32_t replicate) {
    workers.note();
    return compute(study, world, replicate).release();
  };
  const auto write_run = [&](RunRecord* finished) {
    const std::unique_ptr<RunRecord> record(finished);
    file.append(*record);
    ++report.runs_done;
    if (options.progress)
      options.progress({report.runs_done, report.runs_planned, Clock::now() - begin});
  };
  using Mode = tbb::filter_mode;
  arena.execute([&] {
    tbb::parallel_pipeline(
        2 * static_cast<std::size_t>(threads),
        tbb::make_filter<void, std::uint32_t>(Mode::serial_in_order, begin_run) &
            tbb::make_filter<std::uint32_t, RunRecord*>(Mode::parallel, compute_run) &
            tbb::make_filter<RunRecord*, void>(Mode::serial_in_order, write_run));
  });

  report.workers = static_cast<std::uint32_t>(workers.count());
  file.commit(environment(threads, report.workers), log(study, report));
  report.elapsed = Clock::now() - begin;
  return report;
}

}  // namespace rathaus::experiment
