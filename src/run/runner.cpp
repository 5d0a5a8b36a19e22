#include "run/runner.h"

#include <fmt/format.h>
#include <sys/utsname.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "diagnostics/diagnostics.h"
#include "files/file_error.h"
#include "files/output.h"
#include "record/result_writer.h"
#include "run/computer.h"
#include "run/keeper.h"
#include "run/shard_log.h"
#include "run/threads.h"
#include "study/stopping.h"

namespace rathaus::run {
namespace {

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

std::string environment(std::size_t threads, std::size_t workers) {
  utsname system{};
  uname(&system);
  return fmt::format("system {} {} {}\nhardware threads {}\nthreads {}\nworkers {}\n",
                     system.sysname, system.release, system.machine,
                     std::thread::hardware_concurrency(), threads, workers);
}

}  // namespace

RunReport run_study(const study::Study& study, const model::Municipalities& municipalities,
                    const RunOptions& options) {
  if (study.until && options.shard.n > 1)
    throw InputError(
        "replicates.until needs all cases in one process (a shard sees only its own) use "
        "at_least alone");
  const auto begin = Clock::now();
  const std::size_t threads = threads_for(options.threads);
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
  tbb::task_arena arena(static_cast<int>(threads));

  const Computer computer(study, municipalities, options);
  const std::size_t runs_per_case = computer.first().runs_per_case();
  const record::LogHeader header =
      record::header_of(study, computer.first().world(0), options.build, options.shard);
  const auto earlier_result = [&] {
    return options.shard.n == 1 && options.resume && !options.overwrite
               ? record::EarlierResult::open(options.target, study, header)
               : std::nullopt;
  };
  // before there is a log, which would stay; and again once the cases are claimed, since another
  // process may have written the result just then
  if (options.shard.n == 1)
    files::check_place(options.target, options.overwrite || earlier_result().has_value());
  std::vector<record::CaseLog> logs;
  logs.push_back(open_log(study, options, header));
  record::CaseLog& log = logs.front();
  const std::optional<record::EarlierResult> earlier = earlier_result();
  const bool overwrite = options.overwrite || earlier.has_value();
  if (options.shard.n == 1) files::check_place(options.target, overwrite);
  const std::vector<std::uint64_t> kept = log.numbers();
  const std::vector<std::uint64_t> pending = pending_cases(study, options.shard, log, earlier);
  const std::uint64_t first_pending = pending.empty() ? study::case_count(study) : pending.front();

  RunReport report;
  for (const std::uint64_t number : kept)
    if (const auto failure = log.failure(number)) report.failures.push_back(*failure);
  const std::size_t earlier_cases = earlier ? earlier->cases() : 0;
  report.runs_kept = (log.cases() - report.failures.size() + earlier_cases) * runs_per_case;
  const auto fresh = std::ranges::count_if(pending, [&](auto number) { return !log.has(number); });
  report.runs_planned =
      (log.cases() + static_cast<std::size_t>(fresh) + earlier_cases) * runs_per_case;
  Workers workers;
  study::Stopping stopping(study);
  if (study.until)
    for (const std::uint64_t number : kept)
      if (number < first_pending)
        stopping.take(study::case_at(study, number), computer.levels_of(log.read(number)));
  Keeper keeper(log, stopping, report, options, runs_per_case, begin);
  std::size_t next = 0;

  // Cases begin in order, are computed in any order and are kept in order; the number in flight
  // bounds the memory.
  const auto begin_case = [&](tbb::flow_control& flow) -> std::uint64_t {
    if (options.stop != nullptr && options.stop->load()) report.interrupted = next < pending.size();
    if (report.interrupted || next == pending.size() || stopping.is_reached() ||
        keeper.is_hindered()) {
      flow.stop();
      return 0;
    }
    return pending[next++];
  };
  const auto compute = [&](std::uint64_t number) {
    if (std::ranges::binary_search(kept, number))
      return std::make_unique<Finished>(Finished{number, {}, {}, {}, ""}).release();
    workers.note();
    return std::make_unique<Finished>(computer.compute(number)).release();
  };
  const auto keep = [&](Finished* raw) {
    const std::unique_ptr<Finished> finished(raw);
    if (std::ranges::binary_search(kept, finished->number))
      finished->levels = computer.levels_of(log.read(finished->number));
    keeper.keep(study::case_at(study, finished->number), *finished);
  };
  using Mode = tbb::filter_mode;
  arena.execute([&] {
    tbb::parallel_pipeline(
        2 * threads, tbb::make_filter<void, std::uint64_t>(Mode::serial_in_order, begin_case) &
                         tbb::make_filter<std::uint64_t, Finished*>(Mode::parallel, compute) &
                         tbb::make_filter<Finished*, void>(Mode::serial_in_order, keep));
  });
  log.sync();
  if (keeper.is_hindered()) {
    Message message;
    message.problem = keeper.hindrance();  // a whole message of its own
    message.reason =
        fmt::format("the machine's fault, not the case's; {} of {} runs are kept in {}",
                    report.runs_done + report.runs_kept, report.runs_planned,
                    shard_folder(options.target).string());
    message.suggestion = "go on with --resume";
    throw files::FileError(std::move(message));
  }

  report.workers = static_cast<std::uint32_t>(workers.count());
  if (!report.interrupted && options.shard.n == 1) {
    study::Study ended = study;
    ended.replicates = stopping.replicates();
    report.stopped = stopping.reason();
    record::write_result(ended, municipalities, logs,
                         {.target = options.target,
                          .overwrite = overwrite,
                          .partial = false,
                          .build = options.build,
                          .environment = environment(threads, report.workers),
                          .stopped = report.stopped,
                          .earlier = earlier ? &*earlier : nullptr});
    std::error_code ignored;  // a result that is there is worth more than a log that is not gone
    std::filesystem::remove(log.path(), ignored);
    logs.clear();  // and with them the claim
    std::filesystem::remove(shard_folder(options.target), ignored);
  }
  report.elapsed = Clock::now() - begin;
  return report;
}

}  // namespace rathaus::run
