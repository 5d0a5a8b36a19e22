// Finished cases of an unfinished study.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "files/record_log.h"
#include "record/run_values.h"

namespace rathaus::record {

/// Which part of a study: cases whose number leaves the remainder k − 1 when divided by n.
struct Shard {
  std::uint32_t k = 1;
  std::uint32_t n = 1;

  bool holds(std::uint64_t number) const { return number % n == k - 1; }
  /// "2-of-4.cases"
  std::string file_name() const;
};

/// What the first line of a log says.
struct LogHeader {
  std::string
      fingerprint;  //!< of all that decides the numbers of a case: experiment, population, build
  std::uint32_t replicates = 0;  //!< planned; 0 where a rule decides, which is in the fingerprint
  Shard shard;
  std::string study;  //!< JSON: what a result says of its study, its texts included

  /// Of the study: the fingerprint, and behind "-" how many replicates. Studies that differ in
  /// these alone share their cases.
  std::string of_study() const;
};

/// The error for a header whose checksum is right, so that only another build can have written what
/// is not understood in it.
InputError not_understood(const std::filesystem::path& path, const std::string& why);

/// A fingerprint of a study as that of its cases and its number of replicates.
std::pair<std::string, std::uint32_t> parts_of(const std::string& of_study);

/// A case that did not finish.
struct Failure {
  std::uint64_t number = 0;
  std::string message;
};

/// A log of cases: see RecordLog for what it survives.
class CaseLog {
 public:
  static CaseLog create(const std::filesystem::path& path, const LogHeader& header);
  static CaseLog resume(const std::filesystem::path& path);
  static CaseLog open(const std::filesystem::path& path);
  /// The log with another header, in its place.
  static CaseLog with_header(CaseLog earlier, const LogHeader& header);
  static LogHeader header_of(const std::filesystem::path& path);
  /// Whether a file begins as logs of cases do.
  static bool is_log(const std::filesystem::path& path);

  const std::filesystem::path& path() const { return log_.path(); }
  const LogHeader& header() const { return header_; }
  bool has(std::uint64_t number) const { return log_.has(number); }
  std::size_t cases() const { return log_.size(); }
  /// Numbers of all finished or failed cases, ascending.
  std::vector<std::uint64_t> numbers() const { return log_.numbers(); }

  void append(std::uint64_t number, const std::vector<RunValues>& runs);
  void append(const Failure& failure);
  void sync() { log_.sync(); }

  /// The runs of a case; nothing if it failed.
  std::vector<RunValues> read(std::uint64_t number) const;
  std::optional<Failure> failure(std::uint64_t number) const;

 private:
  explicit CaseLog(files::RecordLog log);

  files::RecordLog log_;
  LogHeader header_;
};

}  // namespace rathaus::record
