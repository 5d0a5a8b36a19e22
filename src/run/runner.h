// Runs a study: many cases side by side, each kept as soon as it is finished.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "model/municipalities.h"
#include "record/build_info.h"
#include "record/case_log.h"
#include "study/study.h"

namespace rathaus::run {

struct Progress {
  std::uint64_t runs_done = 0;  //!< those kept from before included
  std::uint64_t runs_kept = 0;
  std::uint64_t runs_planned = 0;
  std::chrono::duration<double> elapsed{};
};

struct RunOptions {
  std::filesystem::path target;
  bool overwrite = false;
  /// Go on with what an earlier process left in shard_folder(), or with its result if that has
  /// fewer replicates of the same study.
  bool resume = false;
  record::Shard shard;  //!< of more than one: its cases stay in its log, for `merge`
  int threads = 0;      //!< 0: one per core
  record::BuildInfo build;
  std::function<void(const Progress&)>
      progress;                             //!< called after every case, from one thread at a time
  const std::atomic<bool>* stop = nullptr;  //!< once true, no further case begins
  std::function<void(const study::CaseId&)>
      before_case;  //!< from any thread; what it throws fails the case
};

struct RunReport {
  std::uint64_t runs_done = 0;  //!< by this process
  std::uint64_t runs_kept = 0;  //!< of an earlier one
  std::uint64_t runs_planned = 0;
  std::uint32_t workers = 0;  //!< threads that computed at least one run
  bool interrupted = false;
  std::string stopped;  //!< why no further replicate was needed, or that more were; empty: no rule
  std::vector<record::Failure> failures;
  std::chrono::duration<double> elapsed{};
};

/// Where finished cases lie until the study is whole: "FILE.h5.shards".
std::filesystem::path shard_folder(const std::filesystem::path& target);

/// Removes what a process that was killed after it wrote the whole result left of its cases.
void remove_leftovers(const std::filesystem::path& target);

/// Computes all cases of a shard that are not there yet, each into the log as soon as it is
/// finished; a case that throws by itself is noted and the others go on. The only shard of a study
/// is then written as the result file and its log removed. Once `stop` is raised, cases in flight
/// are finished and kept.
///
/// InputError if the target exists and may not be overwritten or cannot be written, or if there is
/// an unfinished study that is neither to be resumed nor overwritten, or another one;
/// files::FileError if writing fails, or if the machine could not compute a case (out of memory):
/// what is finished is kept, and that case is not done.
RunReport run_study(const study::Study& study, const model::Municipalities& municipalities,
                    const RunOptions& options);

}  // namespace rathaus::run
