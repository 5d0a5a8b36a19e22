#include "files/claim.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <string>
#include <utility>

#include "diagnostics/diagnostics.h"
#include "files/file_error.h"

namespace rathaus::files {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view mark = "rathaus: process ";

/// "rathaus: process 123 on HOST"
std::string this_process() {
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  return fmt::format("{}{} on {}\n", mark, ::getpid(), host.data());
}

std::string content_of(int file) {
  std::array<char, 512> bytes{};
  const ssize_t got = ::pread(file, bytes.data(), bytes.size(), 0);
  return {bytes.data(), static_cast<std::size_t>(got < 0 ? 0 : got)};
}

/// Whether it ran on this machine and runs no more.
bool has_ended(const std::string& holder) {
  int process = 0;
  if (std::sscanf(holder.c_str(), "rathaus: process %d", &process) != 1 || process <= 0)
    return false;
  const std::string here = this_process();
  if (holder.substr(holder.find(" on ")) != here.substr(here.find(" on "))) return false;
  return ::kill(process, 0) != 0 && errno == ESRCH;
}

/// "process 123 on HOST"
std::string who(const std::string& holder) {
  return holder.starts_with(mark) ? holder.substr(9, holder.find('\n') - 9) : "nobody";
}

/// On a full disk it stays empty, which the system's lock does not mind.
void write_holder(int file) {
  const std::string holder = this_process();
  if (::ftruncate(file, 0) == 0)
    static_cast<void>(::pwrite(file, holder.data(), holder.size(), 0) < 0);
}

bool is_still(int file, const fs::path& path) {
  struct stat held {
  }, named{};
  return ::fstat(file, &held) == 0 && ::stat(path.c_str(), &named) == 0 &&
         held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

}  // namespace

Claim::Claim(const fs::path& path, std::string_view does) : lock_(fs::path(path).concat(".lock")) {
  // each further try is one that another process spoiled by ending in just this moment
  for (int tries = 0; tries < 100; ++tries)
    if (take(path, does)) return;
  throw InputError(path,
                   Message("other processes write it all the time") + Suggestion{"wait for them"});
}

Claim::Claim(Claim&& other) noexcept
    : lock_(std::move(other.lock_)),
      file_(std::exchange(other.file_, -1)),
      was_left_(other.was_left_) {}

Claim::~Claim() {
  if (file_ < 0) return;
  ::unlink(lock_.c_str());  // while it is held: whoever opens it now finds that it is gone
  ::close(file_);
}

bool Claim::take(const fs::path& path, std::string_view does) {
  constexpr int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  file_ = ::open(lock_.c_str(), flags | O_EXCL, 0666);
  was_left_ = file_ < 0 && errno == EEXIST;
  if (was_left_) file_ = ::open(lock_.c_str(), flags, 0666);
  if (file_ < 0) fail_to_write(path, errno);
  const auto release = [&] { ::close(std::exchange(file_, -1)); };

  const std::string holder = content_of(file_);
  if (was_left_ &&
      (!fs::is_regular_file(lock_) || (!holder.empty() && !holder.starts_with(mark)))) {
    release();
    throw InputError(
        lock_,
        fmt::format("exists already and is no lock of Rathaus (it would tell that {} is being "
                    "written) rename it",
                    path.filename().string()));
  }
  if (::flock(file_, LOCK_EX | LOCK_NB) == 0) {
    if (is_still(file_, lock_)) {
      write_holder(file_);
      return true;
    }
    release();
    return false;
  }
  if (errno == EWOULDBLOCK) {
    release();
    throw InputError(
        path, fmt::format("another process {} ({}) wait for it, or stop it", does, who(holder)));
  }
  if (was_left_ && !has_ended(holder)) {
    release();
    throw InputError(
        path,
        fmt::format(
            "another process {}, it seems (this file system knows no locks, but {} names {}) if it "
            "runs no more, remove that file",
            does, lock_.string(), who(holder)));
  }
  write_holder(file_);
  return true;
}

}  // namespace rathaus::files
