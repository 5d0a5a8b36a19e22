#include "run/runner.h"

#include <fmt/format.h>
#include <sys/utsname.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "diagnostics/diagnostics.h"
#include "hdf5/file.h"
#include "record/result_writer.h"
#include "run/threads.h"
#include "study/case.h"
#include "study/stopping.h"

namespace rathaus::run {
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

std::string environment(std::size_t threads, std::size_t workers) {
  utsname system{};
  uname(&system);
  return fmt::format("system {} {} {}\nhardware threads {}\nthreads {}\nworkers {}\n",
                     system.sysname, system.release, system.machine,
                     std::thread::hardware_concurrency(), threads, workers);
}

/// The log of a shard: new, or that of an earlier process if it is to go on.
record::CaseLog open_log(const RunOptions& options, const record::LogHeader& header) {
  namespace fs = std::filesystem;
  const fs::path folder = shard_folder(options.target);
  const fs::path path = folder / options.shard.file_name();
  std::error_code error;
  if (fs::exists(path, error)) {
    if (options.resume) {
      record::CaseLog log = record::CaseLog::resume(path);
      if (log.header().fingerprint != header.fingerprint)
        throw InputError(
            fmt::format("{} holds cases of another study (the experiment, the population or "
                        "the build of Rathaus has changed) start anew with --force",
                        path.string()));
      return log;
    }
    if (!options.overwrite)
      throw InputError(
          fmt::format("{} holds an unfinished study (its cases would be lost) go on with "
                      "--resume, or start anew with --force",
                      folder.string()));
    fs::remove(path, error);
  }
  fs::create_directories(folder, error);
  if (error)
    throw InputError(fmt::format("{}: cannot be made ({})", folder.string(), error.message()));
  return record::CaseLog::create(path, header);
}

/// Cases of the shard that are neither finished nor failed.
std::vector<std::uint64_t> pending_cases(const study::Study& study, const record::Shard& shard,
                                         const record::CaseLog& log) {
  std::vector<std::uint64_t> pending;
  for (std::uint64_t number = 0; number < study::case_count(study); ++number)
    if (shard.holds(number) && !log.has(number)) pending.push_back(number);
  return pending;
}

/// A case on its way from the thread that computes it to the log.
struct Finished {
  std::uint64_t number = 0;
  std::vector<study::RunRecord> runs;
  std::optional<record::Failure> failure;
};

/// Computes cases; the worlds of a study with one point are made once.
class Computer {
 public:
  Computer(const study::Study& study, const model::Municipalities& municipalities,
           const RunOptions& options)
      : study_(study),
        municipalities_(municipalities),
        options_(options),
        first_(study, municipalities, study::case_at(study, 0)) {}

  const study::Worlds& first() const { return first_; }

  /// Never throws: what goes wrong is the failure of the case.
  Finished compute(std::uint64_t number) const {
    Finished finished{number, {}, std::nullopt};
    try {
      const study::CaseId id = study::case_at(study_, number);
      if (options_.before_case) options_.before_case(id);
      if (study_.alternatives.size() * study_.design.points == 1) {
        finished.runs = study::compute_case(study_, first_, id);
      } else {
        const study::Worlds worlds(study_, municipalities_, id);
        finished.runs = study::compute_case(study_, worlds, id);
      }
    } catch (const std::bad_alloc&) {
      finished.failure = record::Failure{number, "out of memory"};
    } catch (const std::exception& error) {
      finished.failure = record::Failure{number, error.what()};
    }
    return finished;
  }

 private:
  const study::Study& study_;
  const model::Municipalities& municipalities_;
  const RunOptions& options_;
  study::Worlds first_;
};

/// Appends finished cases to the log and reports; forces them to the disk once a second.
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

  void keep(const study::CaseId& id, const Finished& finished) {
    stopping_.take(id, finished.runs);
    if (finished.failure) {
      log_.append(*finished.failure);
      report_.failures.push_back(*finished.failure);
    } else {
      log_.append(finished.number, finished.runs);
      report_.runs_done += runs_per_case_;
    }
    const Clock::time_point now = Clock::now();
    if (now - synced_ > std::chrono::seconds(1)) {
      log_.sync();
      synced_ = now;
    }
    if (options_.progress)
      options_.progress({report_.runs_done + report_.runs_kept, report_.runs_kept,
                         report_.runs_planned, now - begin_});
  }

 private:
  record::CaseLog& log_;
  study::Stopping& stopping_;
  RunReport& report_;
  const RunOptions& options_;
  std::size_t runs_per_case_;
  Clock::time_point begin_, synced_;
};

}  // namespace

std::filesystem::path shard_folder(const std::filesystem::path& target) {
  return std::filesystem::path(target).concat(".shards");
}

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
  if (options.shard.n == 1) hdf5::File::check_target(options.target, options.overwrite);
  const record::LogHeader header =
      record::header_of(study, computer.first().world(0), options.build, options.shard);
  std::vector<record::CaseLog> logs;
  logs.push_back(open_log(options, header));
  record::CaseLog& log = logs.front();
  const std::vector<std::uint64_t> pending = pending_cases(study, options.shard, log);

  RunReport report;
  for (const std::uint64_t number : log.numbers())
    if (const auto failure = log.failure(number)) report.failures.push_back(*failure);
  report.runs_kept = (log.cases() - report.failures.size()) * runs_per_case;
  report.runs_planned = (log.cases() + pending.size()) * runs_per_case;
  Workers workers;
  study::Stopping stopping(study);
  if (study.until)
    for (const std::uint64_t number : log.numbers())
      stopping.take(study::case_at(study, number), log.read(number));
  Keeper keeper(log, stopping, report, options, runs_per_case, begin);
  std::size_t next = 0;

  // Cases begin in order, are computed in any order and are kept in order; the number in flight
  // bounds the memory.
  const auto begin_case = [&](tbb::flow_control& flow) -> std::uint64_t {
    if (options.stop != nullptr && options.stop->load()) report.interrupted = next < pending.size();
    if (report.interrupted || next == pending.size() || stopping.is_reached()) {
      flow.stop();
      return 0;
    }
    return pending[next++];
  };
  const auto compute = [&](std::uint64_t number) {
    workers.note();
    return std::make_unique<Finished>(computer.compute(number)).release();
  };
  const auto keep = [&](Finished* raw) {
    const std::unique_ptr<Finished> finished(raw);
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

  report.workers = static_cast<std::uint32_t>(workers.count());
  if (!report.interrupted && options.shard.n == 1) {
    study::Study ended = study;
    ended.replicates = stopping.replicates();
    report.stopped = stopping.reason();
    record::write_result(ended, municipalities, logs,
                         {.target = options.target,
                          .overwrite = options.overwrite,
                          .partial = false,
                          .build = options.build,
                          .environment = environment(threads, report.workers),
                          .stopped = report.stopped});
    std::error_code ignored;  // a result that is there is worth more than a log that is not gone
    std::filesystem::remove(log.path(), ignored);
    std::filesystem::remove(shard_folder(options.target), ignored);
  }
  report.elapsed = Clock::now() - begin;
  return report;
}

}  // namespace rathaus::run
