// Runs a study: many cases side by side, written in run order.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "experiment/build_info.h"
#include "experiment/study.h"
#include "model/municipalities.h"

namespace rathaus::experiment {

struct Progress {
  std::uint32_t runs_done = 0;
  std::uint32_t runs_planned = 0;
  std::chrono::duration<double> elapsed{};
};

struct RunOptions {
  std::filesystem::path target;
  bool overwrite = false;
  int threads = 0;  //!< 0: one per core
  BuildInfo build;
  std::function<void(const Progress&)>
      progress;                             //!< called after every case, from one thread at a time
  const std::atomic<bool>* stop = nullptr;  //!< once true, no further case begins
};

struct RunReport {
  std::uint32_t runs_done = 0;
  std::uint32_t runs_planned = 0;
  std::uint32_t workers = 0;  //!< threads that computed at least one run
  bool interrupted = false;
  std::chrono::duration<double> elapsed{};
};

/// Computes all cases and writes the result file. Cases in flight when `stop` is raised are
/// finished and written; the file then holds the runs done so far. InputError if the target cannot
/// be written, results::FileError if writing fails later; in both cases no file is left behind.
RunReport run_study(const Study& study, const model::Municipalities& municipalities,
                    const RunOptions& options);

}  // namespace rathaus::experiment
