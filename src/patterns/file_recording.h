// Runs of a result file, as statistics see them.
#pragma once

#include "analysis/result_data.h"
#include "patterns/recording.h"

namespace rathaus::patterns {

/// One replicate at one point of a file, under its first theory.
class FileRecording : public Recording {
 public:
  /// `nth` of the baseline's runs. `data` must outlive the object.
  FileRecording(analysis::ResultData& data, std::size_t nth);

 private:
  Recorded load(const std::string& scenario, const std::string& variable) override;

  analysis::ResultData& data_;
  std::size_t nth_;
};

}  // namespace rathaus::patterns
