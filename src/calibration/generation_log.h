// The generations of an unfinished calibration, and the next as far as it came.
#pragma once

#include <optional>
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
  const std::optional<Population>& begun() const { return begun_; }
  /// A finished generation. Forced to the disk before it returns.
  void append(const Population& population);
  /// The next generation as far as it is; in the place of an earlier state of it.
  void append_begun(const Population& population);
  const std::filesystem::path& path() const { return log_.path(); }

 private:
  explicit GenerationLog(files::RecordLog log);
  void write(const Population& population, bool is_finished);

  files::RecordLog log_;
  std::vector<Population> populations_;
  std::optional<Population> begun_;  //!< that an earlier process left
};

}  // namespace rathaus::calibration
