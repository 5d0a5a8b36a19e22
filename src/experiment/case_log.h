// Finished cases of an unfinished study: an append-only log that survives a kill at any instant.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "experiment/case.h"

namespace rathaus::experiment {

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
  std::string fingerprint;  //!< of all that decides a number: equal logs belong together
  Shard shard;
  std::string study;  //!< JSON: what a result says of its study, its texts included
};

/// A case that did not finish.
struct Failure {
  std::uint64_t number = 0;
  std::string message;
};

/// Records are written whole, each with its checksum; a tail that a kill or a full disk cut short
/// is recognised and dropped. One process writes at a time: the file is locked.
class CaseLog {
 public:
  /// A new log in the place of any earlier one; InputError if it cannot be made. It gets its name
  /// once its header is whole.
  static CaseLog create(const std::filesystem::path& path, const LogHeader& header);
  /// To go on with: locked, without a torn tail. InputError if it is no log, or of another
  /// version; or if another process writes it.
  static CaseLog resume(const std::filesystem::path& path);
  /// To read from. InputError also where a record in the middle is damaged.
  static CaseLog open(const std::filesystem::path& path);

  CaseLog(CaseLog&& other) noexcept;
  CaseLog& operator=(CaseLog&&) = delete;
  ~CaseLog();

  const std::filesystem::path& path() const { return path_; }
  const LogHeader& header() const { return header_; }
  bool has(std::uint64_t number) const { return records_.contains(number); }
  std::size_t cases() const { return records_.size(); }
  /// Numbers of all finished or failed cases, ascending.
  std::vector<std::uint64_t> numbers() const;

  /// results::FileError if it cannot be written (disk full); what was there before stays whole.
  void append(std::uint64_t number, const std::vector<RunRecord>& runs);
  void append(const Failure& failure);
  /// Forces all that was appended to the disk.
  void sync();

  /// The runs of a case; nothing if it failed.
  std::vector<RunRecord> read(std::uint64_t number) const;
  std::optional<Failure> failure(std::uint64_t number) const;

 private:
  struct Record {
    std::uint64_t offset, size;
    bool failed;
  };

  CaseLog(std::filesystem::path path, int file) : path_(std::move(path)), file_(file) {}
  /// Finds the records; true if a torn tail follows them, which is an error unless it may be.
  bool scan(bool may_be_torn);
  void write_record(std::uint64_t number, bool failed, const std::string& payload);
  std::string payload(const Record& record) const;

  std::filesystem::path path_;
  int file_ = -1;
  LogHeader header_;
  std::map<std::uint64_t, Record> records_;
  std::uint64_t end_ = 0;  //!< of the last whole record
};

}  // namespace rathaus::experiment
