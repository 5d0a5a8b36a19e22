// The result file of a study, run by run.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "experiment/build_info.h"
#include "experiment/case.h"
#include "experiment/case_log.h"
#include "experiment/result_layout.h"
#include "experiment/study.h"
#include "experiment/support_tables.h"
#include "results/file.h"

namespace rathaus::experiment {

/// Runs are appended in run order; nothing stands under the target's name before commit().
class ResultFile {
 public:
  /// `world` is that of any scenario: they differ in programmes only.
  /// InputError if the target exists and may not be overwritten, or cannot be written.
  ResultFile(const std::filesystem::path& target, const Study& study, const model::World& world,
             const BuildInfo& build, bool overwrite);

  void append(const RunRecord& run);

  /// Writes /summary and what is known only at the end, then gives the file its name.
  /// `log`: warnings and why the study ended, one per line; `environment`: OS, CPU, threads.
  void commit(const std::string& environment, const std::string& log,
              const std::vector<Failure>& failures);

  std::uint32_t runs() const { return runs_; }

 private:
  void append_rows(const model::Outcome& outcome);
  void append_panel(const Panel& panel);

  const Study& study_;
  const model::World& world_;
  results::File file_;
  Columns columns_;
  SupportTables support_;
  std::uint32_t runs_ = 0;
};

}  // namespace rathaus::experiment
