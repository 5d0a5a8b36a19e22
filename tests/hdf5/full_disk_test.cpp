// A result is whole or not there, on whichever byte the disk is full.
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>

#include "catch.h"
#include "hdf5/digest.h"
#include "study.h"

using namespace rathaus::files;
using namespace rathaus::hdf5;

/// HDF5 1.10 loses two small buffers when a flush fails; that is not ours to fix.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libhdf5";
}  // NOLINT

namespace {

/// Files of this process can't grow beyond `bytes`: a full disk that needs no privileges.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(std::size_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

/// A file system of `size` bytes over a folder, if this process may mount one. In a name space of
/// its own the mount is gone with the process, whatever happens to that.
class SmallDisk {
 public:
  SmallDisk(std::filesystem::path folder, std::size_t size) : folder_(std::move(folder)) {
    static const bool own_mounts = ::unshare(CLONE_NEWNS) == 0 &&
                                   ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    const std::string options = "size=" + std::to_string(size);
    mounted_ = own_mounts && ::mount("none", folder_.c_str(), "tmpfs", 0, options.c_str()) == 0;
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
  }

  bool mounted() const { return mounted_; }

 private:
  std::filesystem::path folder_;
  bool mounted_ = false;
};

}  // namespace

TEST_CASE("a disk that is full on any byte leaves no file, or a whole one") {
  for (const bool compress : {false, true}) {
    const Study study{.runs = 40, .quarters = 30, .batch = 3, .compress = compress};
    const TemporaryFolder whole;
    study.write(whole / "a.h5");
    const std::string expected = digest(whole / "a.h5");
    const std::size_t size = std::filesystem::file_size(whole / "a.h5");
    int failures = 0, successes = 0;
    // While it is written, a file may be a few blocks longer than in the end.
    const std::size_t enough = size + 8192;
    for (std::size_t limit = 1; limit <= enough + size / 90; limit += size / 90) {
      CAPTURE(compress, size, limit);
      const TemporaryFolder folder;
      const std::string message = [&] {
        const FileSizeLimit full(limit);
        return message_of<FileError>([&] { study.write(folder / "a.h5"); });
      }();
      if (message.empty()) {
        ++successes;
        REQUIRE(digest(folder / "a.h5") == expected);
      } else {
        ++failures;
        REQUIRE(limit < enough);
        REQUIRE(message.find("File too large") != std::string::npos);
        REQUIRE(message.find((folder / "a.h5").string()) != std::string::npos);
        REQUIRE(folder.empty());
      }
    }
    CHECK(failures > 80);
    CHECK(successes > 0);
  }
}

TEST_CASE("a disk that was full for a moment costs no number") {
  // Variables are closed as they are written; what HDF5 could not write then must not be lost.
  const Study study{.runs = 40, .quarters = 30, .batch = 3};
  const TemporaryFolder whole;
  study.write(whole / "a.h5");
  const std::string expected = digest(whole / "a.h5");
  const std::size_t size = std::filesystem::file_size(whole / "a.h5");
  int successes = 0;
  for (std::size_t limit = 1000; limit < size; limit += size / 20) {
    CAPTURE(size, limit);
    const TemporaryFolder folder;
    File file = File::create(folder / "a.h5");
    const std::string message = [&] {
      const FileSizeLimit full(limit);
      return message_of<FileError>([&] { study.write_into(file); });
    }();
    if (!message.empty() || !message_of<FileError>([&] { file.commit(); }).empty()) continue;
    ++successes;
    REQUIRE(digest(folder / "a.h5") == expected);
  }
  CHECK(successes > 0);
}

TEST_CASE("a full disk of any size leaves no file, or a whole one, and gets its space back") {
  // Unlike a limit on file sizes, a full disk lets a file be extended by a hole.
  for (const bool compress : {false, true}) {
    const Study study{
        .runs = 40, .quarters = 30, .batch = 3, .compress = compress, .expected_runs = 20};
    const TemporaryFolder whole;
    study.write(whole / "a.h5");
    const std::string expected = digest(whole / "a.h5");
    const std::size_t page = 4096, size = std::filesystem::file_size(whole / "a.h5");
    int failures = 0, successes = 0;
    for (std::size_t space = page; space <= size + 7 * page; space += page) {
      CAPTURE(compress, size, space);
      const TemporaryFolder folder;
      const SmallDisk disk(folder / "", space);
      if (!disk.mounted()) {
        WARN("not allowed to mount a small disk: not tested");
        return;
      }
      const std::string message = message_of<FileError>([&] { study.write(folder / "a.h5"); });
      if (message.empty()) {
        ++successes;
        REQUIRE(digest(folder / "a.h5") == expected);
      } else {
        ++failures;
        REQUIRE(message.find("No space left on device") != std::string::npos);
        REQUIRE(folder.empty());
        const std::string most(space - page, 'x');
        std::ofstream(folder / "again", std::ios::binary) << most;
        REQUIRE(bytes_of_file(folder / "again") == most);
      }
    }
    CHECK(failures > 5);
    CHECK(successes > 0);
  }
}
