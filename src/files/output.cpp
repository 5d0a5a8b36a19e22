#include "files/output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <sstream>
#include <system_error>
#include <utility>

#include "diagnostics/diagnostics.h"
#include "files/file_error.h"

namespace rathaus::files {
namespace {

namespace fs = std::filesystem;

/// Whether standard output or error goes into this file.
bool is_printed_to(const struct stat& file) {
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO})
    if (struct stat status{}; ::fstat(stream, &status) == 0 && status.st_dev == file.st_dev &&
                              status.st_ino == file.st_ino)
      return true;
  return false;
}

/// Forces a file, or a folder's list of names, to the disk; prepares the file before.
void synchronise(const fs::path& path, int flags, const fs::path& name,
                 const std::function<void(int)>& prepare = {}) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) fail_to_write(name, errno);
  if (prepare) prepare(file);
  // Some file systems cannot synchronise a folder and say EINVAL.
  const int of_sync = ::fsync(file) < 0 && errno != EINVAL ? errno : 0;
  const int of_close = ::close(file) < 0 ? errno : 0;
  if (const int error = of_sync != 0 ? of_sync : of_close; error != 0)
    throw FileError(name, fmt::format("cannot be stored ({})", words_of(error)));
}

/// Renames, but never over a file: 0 or an errno.
int name_new(const fs::path& part, const fs::path& place) {
  if (::renameat2(AT_FDCWD, part.c_str(), AT_FDCWD, place.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  // a file system that cannot: two steps, between which only a process without the claim could come
  if (struct stat there{}; ::lstat(place.c_str(), &there) == 0) return EEXIST;
  return ::rename(part.c_str(), place.c_str()) == 0 ? 0 : errno;
}

}  // namespace

fs::path place_of(const fs::path& path) {
  std::error_code none;
  if (fs::path real = fs::canonical(path, none); !none) return real;
  // of a link to what is not there yet
  fs::path place = path;
  for (int links = 0; links < 40 && fs::is_symlink(fs::symlink_status(place, none)); ++links) {
    const fs::path target = fs::read_symlink(place, none);
    place = target.is_absolute() ? target : place.parent_path() / target;
  }
  fs::path folder = fs::weakly_canonical(fs::absolute(place.parent_path(), none), none);
  if (place.parent_path().empty()) folder = fs::current_path(none);
  return folder / place.filename();
}

void check_place(const fs::path& path, bool overwrite) {
  std::error_code ignored;  // what the system minds about a path is told when it is opened
  const fs::path place = place_of(path);
  if (const fs::path folder = place.parent_path(); !fs::is_directory(folder, ignored))
    throw InputError(
        path, fmt::format("cannot be written (no folder '{}')",
                          path.has_parent_path() ? path.parent_path().string() : folder.string()));
  struct stat there {};
  if (::stat(path.c_str(), &there) != 0) {
    if (errno != ENOENT) fail_to_write(path, errno);
    return;
  }
  if (!S_ISREG(there.st_mode))
    throw InputError(
        path,
        "is no file (a folder, device, pipe or socket is never replaced) choose another name");
  if (is_printed_to(there))
    throw InputError(path,
                     "is named for two outputs (this command prints into it) choose another name");
  if (!overwrite)
    throw InputError(
        path,
        "exists already (nothing is overwritten unasked) choose another name, or add --force");
  if (::access(path.c_str(), W_OK) != 0) fail_to_write(path, errno);
}

Output::Output(fs::path path, bool overwrite)
    : path_(std::move(path)),
      place_((check_place(path_, overwrite), place_of(path_))),
      overwrite_(overwrite),
      claim_(place_) {
  fs::path part = fs::path(place_).concat(".part");
  constexpr int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
  int file = ::open(part.c_str(), flags, 0666);
  struct stat left {};
  if (file < 0 && errno == EEXIST && claim_.was_left() && ::lstat(part.c_str(), &left) == 0 &&
      S_ISREG(left.st_mode)) {
    ::unlink(part.c_str());
    file = ::open(part.c_str(), flags, 0666);
  }
  if (file < 0 && errno == EEXIST)
    throw InputError(
        part,
        "exists already (a file is written there before it gets its name) remove or rename it");
  if (file < 0) fail_to_write(path_, errno);
  ::close(file);
  part_ = std::move(part);
}

Output::~Output() {
  if (part_.empty()) return;
  std::error_code ignored;
  fs::resize_file(part_, 0, ignored);  // gives the space back even if the file is still open
  fs::remove(part_, ignored);
}

void Output::store() const {
  synchronise(part_, O_RDONLY, path_, [&](int file) {
    struct stat old {};
    if (::stat(place_.c_str(), &old) != 0) return;
    // Only root gives files away; whoever may not keeps the new one.
    static_cast<void>(::fchown(file, old.st_uid, old.st_gid) < 0);
    static_cast<void>(::fchmod(file, old.st_mode & 07777) < 0);
  });
}

void Output::commit() {
  const int error = overwrite_ ? (::rename(part_.c_str(), place_.c_str()) == 0 ? 0 : errno)
                               : name_new(part_, place_);
  if (error == EEXIST)
    throw InputError(
        path_,
        "exists already (another process has written it meanwhile) choose another name, or add "
        "--force");
  if (error != 0)
    throw FileError(path_, fmt::format("cannot be given its name ({})", words_of(error)));
  part_.clear();
  synchronise(place_.parent_path(), O_RDONLY | O_DIRECTORY, path_);
}

void write_whole(const fs::path& path, bool overwrite,
                 const std::function<void(std::ostream&)>& write) {
  Output output(path, overwrite);
  std::ostringstream text;
  write(text);
  const std::string bytes = std::move(text).str();
  const int file = ::open(output.part().c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) fail_to_write(path, errno);
  int error = 0;
  for (std::size_t done = 0; done < bytes.size() && error == 0;) {
    const ssize_t put = ::write(file, bytes.data() + done, bytes.size() - done);
    if (put > 0) done += static_cast<std::size_t>(put);
    if (put < 0 && errno != EINTR) error = errno;
    if (put == 0) error = ENOSPC;
  }
  if (::close(file) < 0 && error == 0) error = errno;
  if (error != 0) fail_to_write(path, error);
  output.store();
  output.commit();
}

}  // namespace rathaus::files
