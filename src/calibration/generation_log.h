// Finished generations of an unfinished calibration.
#pragma once

#include <vector>

#include "calibration/population.h"
#include "files/record_log.h"

namespace rathaus::calibration {

/// See files::RecordLog for what it survives.
class GenerationLog {
 public:
  /// A new log, or, if `resume`, that of an earlier process. InputError if there is one that is
  /// neither to be resumed nor overwritten, or of another calibration (by its fingerprint).
  static GenerationLog open(const std::filesystem::path& path, const std::string& fingerprint,
                            bool resume, bool overwrite);

  const std::vector<Population>& populations() const { return populations_; }
  /// Forced to the disk before it returns.
  void append(const Population& population);
  const std::filesystem::path& path() const { return log_.path(); }

 private:
  explicit GenerationLog(files::RecordLog log);

  files::RecordLog log_;
  std::vector<Population> populations_;
};

}  // namespace rathaus::calibration
