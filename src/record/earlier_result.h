// A result whose study goes on with more replicates: its runs are taken over as they are.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <vector>

#include "hdf5/file.h"
#include "record/case_log.h"
#include "record/run_values.h"
#include "study/study.h"

namespace rathaus::record {

class EarlierResult {
 public:
  /// Nothing if there is no such file, or if it is not of this study with fewer replicates. Which
  /// one it is of, tells its attribute `fingerprint`. FileError if it does not hold what it should.
  static std::optional<EarlierResult> open(const std::filesystem::path& path,
                                           const study::Study& study, const LogHeader& header);

  std::size_t cases() const { return rows_.size(); }
  bool has(std::uint64_t number) const { return rows_.contains(number); }
  /// Of all cases that have runs, ascending.
  std::vector<std::uint64_t> numbers() const;
  /// The runs of a case, as a log of cases gives them.
  std::vector<RunValues> read(std::uint64_t number) const;

 private:
  EarlierResult(hdf5::File file, const study::Study& study);
  RunValues run(std::size_t row) const;

  hdf5::File file_;
  std::vector<Variable> variables_;
  std::vector<std::optional<hdf5::Variable>> stored_;  //!< [variable]; none: the same in all runs
  std::vector<RunValues> runs_;                        //!< [row] which run it is, no values yet
  std::vector<std::int64_t> panel_run_;                //!< rows that are recorded unit by unit
  std::map<std::uint64_t, std::vector<std::size_t>> rows_;  //!< [case]
};

}  // namespace rathaus::record
