// The result file of a study, run by run.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "hdf5/file.h"
#include "record/build_info.h"
#include "record/case_log.h"
#include "record/result_layout.h"
#include "record/run_values.h"
#include "study/study.h"

namespace rathaus::record {

/// Runs are appended in run order; nothing stands under the target's name before commit().
class ResultFile {
 public:
  /// `world` is that of any scenario: they differ in programmes only.
  /// InputError if the target exists and may not be overwritten, or cannot be written.
  ResultFile(const std::filesystem::path& target, const study::Study& study,
             const model::World& world, const BuildInfo& build, bool overwrite);

  /// `run` holds the values of variables_of(study).
  void append(const RunValues& run);

  /// Writes /summary and what is known only at the end, then gives the file its name.
  /// `log`: warnings and why the study ended, one per line; `environment`: OS, CPU, threads.
  void commit(const std::string& environment, const std::string& log,
              const std::vector<Failure>& failures);

  std::uint32_t runs() const { return runs_; }

 private:
  const study::Study& study_;
  std::vector<Variable> variables_;
  hdf5::File file_;
  Layout layout_;
  std::uint32_t runs_ = 0;
};

}  // namespace rathaus::record
