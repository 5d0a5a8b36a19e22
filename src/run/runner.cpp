#include "run/runner.h"

#include <fmt/format.h>
#include <sys/utsname.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <system_error>
#include <thread>

#include "diagnostics/diagnostics.h"
#include "files/claim.h"
#include "files/file_error.h"
#include "files/output.h"
#include "record/measure.h"
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

std::filesystem::path log_path(const RunOptions& options) {
  return shard_folder(options.target) / options.shard.file_name();
}

/// A log of the same cases for another number of replicates.
record::CaseLog with_more(record::CaseLog log, const record::LogHeader& header,
                          const study::Study& study) {
  const std::vector<std::uint64_t> numbers = log.numbers();
  if (!numbers.empty() && numbers.back() >= study::case_count(study))
    throw InputError(
        fmt::format("{} holds cases of more than {} replicates (they would be lost) ask for {}, or "
                    "start anew with --force",
                    log.path().string(), study.replicates, log.header().replicates));
  return record::CaseLog::with_header(std::move(log), header);
}

/// The log of a shard: new, or that of an earlier process if it is to go on.
record::CaseLog open_log(const study::Study& study, const RunOptions& options,
                         const record::LogHeader& header) {
  namespace fs = std::filesystem;
  const fs::path folder = shard_folder(options.target);
  const fs::path path = log_path(options);
  std::error_code error;
  if (fs::exists(path, error)) {
    if (options.resume) {
      record::CaseLog log = record::CaseLog::resume(path);
      if (log.header().of_study() == header.of_study()) return log;
      if (log.header().fingerprint == header.fingerprint)
        return with_more(std::move(log), header, study);
      if (!options.overwrite)
        throw InputError(
            fmt::format("{} holds cases of another study (the experiment, the population or "
                        "the build of Rathaus has changed) start anew with --force",
                        path.string()));
    }
    if (!options.overwrite)
      throw InputError(
          fmt::format("{} holds an unfinished study (its cases would be lost) go on with "
                      "--resume, or start anew with --force",
                      folder.string()));
  }
  fs::create_directories(folder, error);
  if (error) files::fail_to_write(folder, error.value());
  return record::CaseLog::create(path, header);
}

/// Cases of the shard that are neither finished nor failed by themselves, nor in an earlier result;
/// under a rule that stops the study all from the first such case on, since they are judged in
/// their order.
std::vector<std::uint64_t> pending_cases(const study::Study& study, const record::Shard& shard,
                                         const record::CaseLog& log,
                                         const std::optional<record::EarlierResult>& earlier) {
  std::vector<std::uint64_t> pending;
  for (std::uint64_t number = 0; number < study::case_count(study); ++number)
    if (shard.holds(number) && !(earlier && earlier->has(number)) &&
        (!log.has(number) || (study.until && !pending.empty())))
      pending.push_back(number);
  return pending;
}

/// A case on its way from the thread that computes it to the log.
struct Finished {
  std::uint64_t number = 0;
  std::vector<record::RunValues> runs;
  std::vector<double> levels;  //!< what the stopping rule is about, by scenario
  std::optional<record::Failure> failure;
  std::string hindrance;  //!< why the machine could not compute it: it is not done
};

/// Computes cases; the worlds of a study with one point are made once.
class Computer {
 public:
  Computer(const study::Study& study, const model::Municipalities& municipalities,
           const RunOptions& options)
      : study_(study),
        municipalities_(municipalities),
        options_(options),
        first_(study, municipalities, study::case_at(study, 0)),
        variables_(record::variables_of(study)) {
    if (study.until) judged_.emplace(study.until->indicator, study, first_.world(0));
  }

  const study::Worlds& first() const { return first_; }

  /// What the stopping rule is about in the runs of a case; nothing without a rule.
  std::vector<double> levels_of(const std::vector<record::RunValues>& runs) const {
    return judged_ ? judged_->by_scenario(runs, study_.until->quarter) : std::vector<double>{};
  }

  /// Never throws: what goes wrong is the failure of the case, or a hindrance, as a lack of memory
  /// is, which may be over when the case is tried again.
  Finished compute(std::uint64_t number) const {
    Finished finished{number, {}, {}, std::nullopt, ""};
    try {
      const study::CaseId id = study::case_at(study_, number);
      if (options_.before_case) options_.before_case(id);
      if (study_.alternatives.size() * study_.design.points == 1) {
        finished.runs = values_of_case(first_, id);
      } else {
        finished.runs = values_of_case(study::Worlds(study_, municipalities_, id), id);
      }
      finished.levels = levels_of(finished.runs);
    } catch (const std::bad_alloc&) {
      finished.hindrance = "out of memory";
    } catch (const std::system_error& error) {
      finished.hindrance = error.what();
    } catch (const files::FileError& error) {
      finished.hindrance = error.what();
    } catch (const std::exception& error) {
      finished.failure = record::Failure{number, error.what()};
    }
    return finished;
  }

 private:
  std::vector<record::RunValues> values_of_case(const study::Worlds& worlds,
                                                const study::CaseId& id) const {
    std::vector<record::RunValues> values;
    const std::vector<study::RunRecord> runs = study::compute_case(study_, worlds, id);
    for (std::size_t r = 0; r < runs.size(); ++r)
      values.push_back(record::values_of(variables_, {study_, worlds.world(r), runs[r]}));
    return values;
  }

  const study::Study& study_;
  const model::Municipalities& municipalities_;
  const RunOptions& options_;
  study::Worlds first_;
  std::vector<record::Variable> variables_;
  std::optional<record::Measure> judged_;
};

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

  void keep(const study::CaseId& id, const Finished& finished) {
    if (!finished.hindrance.empty() && !hindered_) {
      hindrance_ = fmt::format("case {}: {}", finished.number, finished.hindrance);
      hindered_ = true;
    }
    if (!finished.hindrance.empty()) return;
    const bool was_kept = log_.has(finished.number);
    if (!hindered_) stopping_.take(id, finished.levels);
    if (was_kept) return;
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
  std::string hindrance_;
  std::atomic<bool> hindered_{false};
};

}  // namespace

std::filesystem::path shard_folder(const std::filesystem::path& target) {
  return std::filesystem::path(target).concat(".shards");
}

void remove_leftovers(const std::filesystem::path& target) {
  RunOptions options;
  options.target = target;
  std::error_code ignored;
  // the folder may hold a log, the lock of one, or a shard's, which stays
  if (std::filesystem::exists(shard_folder(target), ignored)) {
    const files::Claim claim(log_path(options), "computes these cases");
    std::filesystem::remove(log_path(options), ignored);
  }
  std::filesystem::remove(shard_folder(target), ignored);
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
  if (keeper.is_hindered())
    throw files::FileError(
        fmt::format("{} (the machine's fault, not the case's; {} of {} runs are kept in {}) go on "
                    "with --resume",
                    keeper.hindrance(), report.runs_done + report.runs_kept, report.runs_planned,
                    shard_folder(options.target).string()));

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
