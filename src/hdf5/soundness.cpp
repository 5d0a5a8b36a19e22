#include "hdf5/soundness.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <map>
#include <optional>
#include <string>

#include "diagnostics/diagnostics.h"
#include "hdf5/file.h"
#include "hdf5/whole.h"

namespace rathaus::hdf5 {
namespace {

namespace fs = std::filesystem;

constexpr rlim_t least_seconds = 10;                     // of processor time
constexpr std::uintmax_t bytes_per_second = 20'000'000;  // a slow disk's and more than HDF5 needs
constexpr std::uintmax_t least_memory = 1 << 30;         // [B] beyond what the process has already
constexpr std::uintmax_t memory_per_byte = 16;           // texts are held as strings

rlim_t seconds_for(std::uintmax_t file_size) {
  return least_seconds + static_cast<rlim_t>(file_size / bytes_per_second);
}

/// Address space of this process [B]; a sanitizer's is terabytes before anything is read.
std::uintmax_t address_space() {
  std::uintmax_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * static_cast<std::uintmax_t>(::sysconf(_SC_PAGESIZE));
}

/// False if the system allows less than that.
bool limit(decltype(RLIMIT_CPU) what, rlim_t most) {
  rlimit now{};
  ::getrlimit(what, &now);
  now.rlim_cur = std::min(most, now.rlim_max);
  return ::setrlimit(what, &now) == 0 && now.rlim_cur == most;
}

/// What the helper does: silence if all is well, a reason if not.
std::string look_through(const fs::path& path, std::uintmax_t file_size) {
  std::optional<File> file;
  try {
    file.emplace(File::open_unchecked(path));
  } catch (const std::exception&) {
    return "";  // not to be opened at all: the caller finds that out himself, in better words
  }
  try {
    check_whole(file->root(), file_size);
    return "";
  } catch (const std::bad_alloc&) {
    return "it asks for more memory than its size allows";
  } catch (const std::exception& error) {
    return error.what();
  }
}

[[noreturn]] void be_helper(const fs::path& path, std::uintmax_t file_size, int answer) {
  for (const int signal : {SIGINT, SIGTERM, SIGXCPU}) std::signal(signal, SIG_DFL);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, seconds_for(file_size));
  const bool roomy = limit(
      RLIMIT_AS, static_cast<rlim_t>(address_space() + least_memory + memory_per_byte * file_size));
  // a broken heap is the C library's last word, and not the user's business
  if (const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
      nowhere >= 0 && answer != STDERR_FILENO)
    ::dup2(nowhere, STDERR_FILENO);
  std::string reason = look_through(path, file_size);
  if (!roomy) reason.clear();  // it may be the machine's fault: the caller finds out
  const bool told =
      ::write(answer, reason.data(), reason.size()) == static_cast<::ssize_t>(reason.size());
  ::_exit(told ? 0 : 1);
}

std::string read_all(int descriptor) {
  std::string text;
  std::array<char, 4096> block{};
  for (;;) {
    const ::ssize_t count = ::read(descriptor, block.data(), block.size());
    if (count > 0) text.append(block.data(), static_cast<std::size_t>(count));
    if (count == 0 || (count < 0 && errno != EINTR)) return text;
  }
}

/// Why the helper ended, unless well.
std::optional<std::string> verdict(int status, const std::string& answer, rlim_t seconds) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
    return answer.empty() ? std::nullopt : std::optional(answer);
  if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL))
    return fmt::format("reading it takes no end within {} s", seconds);
  return "the library that reads it breaks down";
}

}  // namespace

void require_sound(const fs::path& path) {
  std::error_code unknown;
  const std::uintmax_t file_size = fs::file_size(path, unknown);
  if (unknown) return;  // whoever opens it says so
  std::array<int, 2> ends{};
  const auto no_helper = [&] {
    return files::FileError(path, fmt::format("cannot be examined ({})", std::strerror(errno)));
  };
  if (::pipe(ends.data()) != 0) throw no_helper();
  const pid_t helper = ::fork();
  if (helper < 0) {
    const files::FileError error = no_helper();
    ::close(ends[0]);
    ::close(ends[1]);
    throw error;
  }
  if (helper == 0) be_helper(path, file_size, ends[1]);
  ::close(ends[1]);
  const std::string answer = read_all(ends[0]);
  ::close(ends[0]);
  int status = 0;
  while (::waitpid(helper, &status, 0) < 0 && errno == EINTR) {
  }
  if (const auto reason = verdict(status, answer, seconds_for(file_size)))
    throw InputError(
        path, fmt::format("is damaged ({}) fetch it again, or run its study again", *reason));
}

}  // namespace rathaus::hdf5
