// Runs a calibration: generation after generation, each kept as soon as it is finished.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "calibration/population.h"
#include "calibration/request.h"
#include "calibration/sampler.h"
#include "model/municipalities.h"
#include "record/build_info.h"
#include "study/study.h"

namespace rathaus::calibration {

struct CalibrateOptions {
  std::filesystem::path target;
  bool overwrite = false;
  bool resume = false;  //!< go on with what an earlier process left in log_path()
  int threads = 0;      //!< 0: one per core
  record::BuildInfo build;
  /// Called after every generation, and on the way to it.
  std::function<void(const Population&, bool finished)> progress;
  const std::atomic<bool>* stop = nullptr;  //!< once true, it ends; what is finished is kept
};

struct CalibrateReport {
  Ending ending = Ending::none;
  std::string stopped;  //!< why, in words
  std::vector<Population> populations;
};

/// Where generations lie until the calibration has ended: "FILE.h5.generations".
std::filesystem::path log_path(const std::filesystem::path& target);

/// Removes what a process that was killed after it wrote the whole posterior left of its
/// generations.
void remove_leftovers(const std::filesystem::path& target);

/// Why it ended, as a sentence.
std::string reason_of(Ending ending, const Request& request, const Population* last);

/// Calibrates the uncertain numbers of a study to the patterns of the request and writes the
/// posterior, unless it is interrupted. Same study, request and seed, same bits.
///
/// InputError if the target exists and may not be overwritten, or if there is an unfinished
/// calibration that is neither to be resumed nor overwritten, or another one; or if no vector was
/// accepted in the first generation. files::FileError if writing fails.
CalibrateReport calibrate(const study::Study& study, const Request& request,
                          const model::Municipalities& municipalities,
                          const CalibrateOptions& options);

}  // namespace rathaus::calibration
