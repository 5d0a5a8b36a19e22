#include "files/record_log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "diagnostics/diagnostics.h"
#include "files/file_error.h"
#include "files/sha256.h"

namespace rathaus::files {
namespace {

namespace fs = std::filesystem;

/// Before the bytes of a record.
struct Head {
  std::array<char, 8> mark{'c', 'a', 's', 'e', '\0', '\0', '\0', '\0'};
  std::uint64_t number = 0;
  std::uint64_t size = 0;
  std::uint64_t flag = 0;
  std::array<char, 64> sha256{};  //!< of number, size, flag and the payload
};

std::string checksum(const Head& head, std::string_view payload) {
  Sha256 sum;
  sum.update(std::as_bytes(std::span(&head.number, 1)));
  sum.update(std::as_bytes(std::span(&head.size, 1)));
  sum.update(std::as_bytes(std::span(&head.flag, 1)));
  sum.update(payload);
  return sum.hex();
}

std::string reason() {
  return words_of(errno);
}

int open_file(const fs::path& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
  if (file < 0 && errno == ENOSPC) fail_to_write(path, errno);
  if (file < 0) throw InputError(path, fmt::format("cannot be opened ({})", reason()));
  return file;
}

Claim claim(const fs::path& path, const LogKind& kind) {
  return Claim(path, fmt::format("computes these {}", kind.records));
}

std::uint64_t size_of(int file) {
  struct stat status {};
  return ::fstat(file, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

/// Reads as many bytes as there are, up to `size`. What the disk does not give is not taken for the
/// end of the file, which would cut it off.
std::string read_at(const fs::path& path, int file, std::uint64_t offset, std::uint64_t size) {
  std::string bytes(size, '\0');
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got =
        ::pread(file, bytes.data() + done, size - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw FileError(path, fmt::format("cannot be read ({})", reason()));
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

/// Writes all of it or throws; what follows `offset` is then of no worth.
void write_at(const fs::path& path, int file, std::uint64_t offset, std::string_view bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t put =
        ::pwrite(file, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0)
      throw FileError(
          path,
          fmt::format(
              "cannot be written ({}) make room and go on with --resume: what is finished is kept",
              reason()));
    done += static_cast<std::size_t>(put);
  }
}

}  // namespace

RecordLog RecordLog::begin(const fs::path& path, const LogKind& kind, const std::string& header,
                           Claim claimed) {
  const fs::path part = fs::path(path).concat(".part");
  RecordLog log(path, open_file(part, O_RDWR | O_CREAT | O_TRUNC), kind);
  log.claim_.emplace(std::move(claimed));
  log.header_ = header;
  const std::string start = std::string(kind.magic) + fmt::format("{}\n", header.size()) + header +
                            "\n" + sha256_of(header) + "\n";
  try {
    write_at(path, log.file_, 0, start);
  } catch (const FileError&) {
    ::unlink(part.c_str());
    throw;
  }
  log.end_ = start.size();
  return log;
}

void RecordLog::give_name() const {
  if (::rename(fs::path(path_).concat(".part").c_str(), path_.c_str()) != 0)
    throw FileError(path_, fmt::format("cannot be named ({})", reason()));
}

RecordLog RecordLog::create(const fs::path& path, const LogKind& kind, const std::string& header) {
  RecordLog log = begin(path, kind, header, claim(path, kind));
  log.give_name();  // under its name a log has a whole header, so that a kill leaves none
  return log;
}

RecordLog RecordLog::with_header(RecordLog earlier, const std::string& header) {
  RecordLog log = begin(earlier.path_, earlier.kind_, header, *std::move(earlier.claim_));
  for (const auto& [number, record] : earlier.records_)
    log.append(number, record.flag, earlier.payload(number));
  log.sync();
  log.give_name();
  return log;
}

std::string RecordLog::header_of(const fs::path& path, const LogKind& kind) {
  RecordLog log(path, open_file(path, O_RDONLY), kind);
  log.read_header(size_of(log.file_));
  return log.header_;
}

RecordLog RecordLog::resume(const fs::path& path, const LogKind& kind) {
  Claim claimed = claim(path, kind);
  RecordLog log(path, open_file(path, O_RDWR), kind);
  log.claim_.emplace(std::move(claimed));
  if (log.scan(true) && ::ftruncate(log.file_, static_cast<off_t>(log.end_)) != 0)
    throw FileError(path, fmt::format("cannot be cut ({})", reason()));
  return log;
}

RecordLog RecordLog::open(const fs::path& path, const LogKind& kind) {
  RecordLog log(path, open_file(path, O_RDONLY), kind);
  log.scan(false);
  return log;
}

RecordLog::RecordLog(RecordLog&& other) noexcept
    : path_(std::move(other.path_)),
      claim_(std::move(other.claim_)),
      file_(std::exchange(other.file_, -1)),
      kind_(other.kind_),
      header_(std::move(other.header_)),
      records_(std::move(other.records_)),
      end_(other.end_) {}

RecordLog::~RecordLog() {
  if (file_ >= 0) ::close(file_);
}

void RecordLog::read_header(std::uint64_t size) {
  const auto bad = [&](const std::string& what) {
    throw InputError(path_, fmt::format("{} (a file of {} begins with a header that is whole) {}",
                                        what, kind_.records, kind_.again));
  };
  const std::string begin = read_at(path_, file_, 0, 64);
  if (!begin.starts_with(kind_.magic)) bad(fmt::format("is no file of {}", kind_.records));
  const std::size_t line = begin.find('\n', kind_.magic.size());
  if (line == std::string::npos) bad("is cut off in its header");
  const std::uint64_t length = std::strtoull(begin.c_str() + kind_.magic.size(), nullptr, 10);
  if (length > size) bad("is cut off in its header");
  const std::string rest = read_at(path_, file_, line + 1, length + 66);
  if (rest.size() < length + 66) bad("is cut off in its header");
  header_ = rest.substr(0, length);
  if (rest.substr(length + 1, 64) != sha256_of(header_)) bad("has a damaged header");
  end_ = line + 1 + length + 66;
}

bool RecordLog::scan(bool may_be_torn) {
  const std::uint64_t size = size_of(file_);
  read_header(size);
  while (end_ < size) {
    Head head;
    const std::string raw = read_at(path_, file_, end_, sizeof head);
    bool whole = raw.size() == sizeof head;
    if (whole) std::memcpy(&head, raw.data(), sizeof head);
    whole = whole && head.mark == Head{}.mark && head.size <= size - end_ - sizeof head;
    const std::uint64_t begin_of_payload = end_ + sizeof head;
    whole = whole && checksum(head, read_at(path_, file_, begin_of_payload, head.size)) ==
                         std::string(head.sha256.begin(), head.sha256.end());
    if (!whole) {
      if (may_be_torn) return true;
      std::error_code none;
      if (fs::exists(fs::path(path_).concat(".lock"), none))
        claim(path_, kind_);  // told where it is being written
      throw InputError(
          path_, fmt::format("is damaged or cut off after {} {}, at byte {} of {} (its checksum is "
                             "wrong there) go on with --resume, which keeps what is whole",
                             records_.size(), kind_.records, end_, size));
    }
    records_[head.number] = {begin_of_payload, head.size, head.flag != 0};
    end_ = begin_of_payload + head.size;
  }
  return false;
}

std::vector<std::uint64_t> RecordLog::numbers() const {
  std::vector<std::uint64_t> all;
  for (const auto& [number, record] : records_) all.push_back(number);
  return all;
}

void RecordLog::append(std::uint64_t number, bool flag, const std::string& payload) {
  Head head;
  head.number = number;
  head.size = payload.size();
  head.flag = flag;
  std::ranges::copy(checksum(head, payload), head.sha256.begin());
  std::string bytes(sizeof head, '\0');
  std::memcpy(bytes.data(), &head, sizeof head);
  bytes += payload;
  write_at(path_, file_, end_, bytes);
  records_[number] = {end_ + sizeof head, payload.size(), flag};
  end_ += bytes.size();
}

void RecordLog::sync() {
  if (::fsync(file_) != 0)
    throw FileError(path_, fmt::format("cannot be forced to the disk ({})", reason()));
}

std::string RecordLog::payload(std::uint64_t number) const {
  const Record& record = records_.at(number);
  std::string bytes = read_at(path_, file_, record.offset, record.size);
  if (bytes.size() != record.size)
    throw FileError(path_, fmt::format("cannot be read ({})", reason()));
  return bytes;
}

}  // namespace rathaus::files
