// An append-only log of finished work that survives a kill at any instant.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "files/claim.h"

namespace rathaus::files {

/// What a log holds, for its first line and for messages.
struct LogKind {
  std::string_view magic;    //!< "rathaus-cases 1\n"
  std::string_view records;  //!< "cases"
  std::string_view again;    //!< what to do with a log without a whole header
};

/// A header and numbered records. Records are written whole, each with its checksum; a tail that a
/// kill or a full disk cut short is recognised and dropped. One process writes at a time: see
/// Claim.
class RecordLog {
 public:
  /// A new log in the place of any earlier one; InputError if it cannot be made. It gets its name
  /// once its header is whole.
  static RecordLog create(const std::filesystem::path& path, const LogKind& kind,
                          const std::string& header);
  /// To go on with: locked, without a torn tail. InputError if it is no log of this kind, or if
  /// another process writes it.
  static RecordLog resume(const std::filesystem::path& path, const LogKind& kind);
  /// A log with another header and the records of an earlier one, in its place: either the one or
  /// the other stands there whole.
  static RecordLog with_header(RecordLog earlier, const std::string& header);
  /// Only the header of a log.
  static std::string header_of(const std::filesystem::path& path, const LogKind& kind);
  /// To read from. InputError also where a record in the middle is damaged.
  static RecordLog open(const std::filesystem::path& path, const LogKind& kind);

  RecordLog(RecordLog&& other) noexcept;
  RecordLog& operator=(RecordLog&&) = delete;
  ~RecordLog();

  const std::filesystem::path& path() const { return path_; }
  const std::string& header() const { return header_; }
  bool has(std::uint64_t number) const { return records_.contains(number); }
  std::size_t size() const { return records_.size(); }
  /// Ascending.
  std::vector<std::uint64_t> numbers() const;

  /// files::FileError if it cannot be written (disk full); what was there before stays whole.
  void append(std::uint64_t number, bool flag, const std::string& payload);
  /// Forces all that was appended to the disk.
  void sync();

  bool flag(std::uint64_t number) const { return records_.at(number).flag; }
  std::string payload(std::uint64_t number) const;

 private:
  struct Record {
    std::uint64_t offset, size;
    bool flag;
  };

  /// With a header and no name yet: it lies in `path`.part.
  static RecordLog begin(const std::filesystem::path& path, const LogKind& kind,
                         const std::string& header, Claim claimed);
  void give_name() const;

  RecordLog(std::filesystem::path path, int file, const LogKind& kind)
      : path_(std::move(path)), file_(file), kind_(kind) {}
  /// Finds the records; true if a torn tail follows them, which is an error unless it may be.
  bool scan(bool may_be_torn);
  /// Reads and checks the header, to where the first record begins.
  void read_header(std::uint64_t size);

  std::filesystem::path path_;
  std::optional<Claim> claim_;  //!< none when reading
  int file_ = -1;
  LogKind kind_;
  std::string header_;
  std::map<std::uint64_t, Record> records_;
  std::uint64_t end_ = 0;  //!< of the last whole record
};

}  // namespace rathaus::files
