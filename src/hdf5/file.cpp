#include "hdf5/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <new>
#include <utility>

#include "diagnostics/diagnostics.h"
#include "files/file_error.h"
#include "hdf5/hdf5_types.h"
#include "hdf5/soundness.h"
#include "hdf5/whole.h"

namespace rathaus::hdf5 {
namespace {

namespace fs = std::filesystem;

/// HDF5 1.10 crashes where it finds no memory for the caches of a file (H5AC_create), so that this
/// is tried before: std::bad_alloc unless they would fit.
void require_memory_of_caches() {
  constexpr std::size_t caches = 8 << 20;  // [bytes]
  void* volatile tried = std::malloc(caches);
  if (tried == nullptr) throw std::bad_alloc();
  std::free(tried);
}

/// With HDF5's own locks or without; the variable HDF5_USE_FILE_LOCKING has the last word.
Handle access_list(bool locks) {
  Handle list = property_list(H5P_FILE_ACCESS);
  // Old enough for every reader of the last decade.
  H5Pset_libver_bounds(list.get(), H5F_LIBVER_EARLIEST, H5F_LIBVER_V110);
  // Closing the file closes all that is in it, so that its last flush has a verdict.
  H5Pset_fclose_degree(list.get(), H5F_CLOSE_STRONG);
  H5Pset_file_locking(list.get(), locks, true);
  return list;
}

/// InputError unless it is a regular file that can be read.
void check_readable(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    throw InputError(path, fmt::format("cannot be read ({})", files::words_of(errno)));
  ::close(descriptor);
  if (!fs::is_regular_file(path)) throw InputError(path, "is no file (a result is a single file)");
}

Handle open_hdf5(const fs::path& path, bool locks = true) {
  prepare_hdf5();
  require_memory_of_caches();
  const Handle access = access_list(locks);  // lives on, as closing it would forget the error
  Handle handle(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()), H5Fclose);
  if (handle) return handle;
  const Failure why = failure();
  const std::string name = path.string();
  if (why.kind == Failure::Kind::locked)
    throw InputError(name,
                     "is locked by another program (it has the file open for writing and may be "
                     "changing it) close it there, or read a copy");
  // some network file systems know no locks
  if (why.kind == Failure::Kind::no_locks && locks) return open_hdf5(path, false);
  if (why.kind == Failure::Kind::no_locks)
    throw InputError(
        name,
        fmt::format(
            "cannot be locked ({}) its file system knows no locks: set HDF5_USE_FILE_LOCKING=FALSE",
            why.reason));
  if (why.kind == Failure::Kind::system)
    throw files::FileError(name, fmt::format("cannot be read ({})", why.reason));
  if (why.reason.find("truncated") != std::string::npos)
    throw InputError(
        name, "is cut off (shorter than it says it is: an interrupted copy?) fetch it again");
  if (H5Fis_hdf5(path.c_str()) > 0)
    throw InputError(name, fmt::format("is damaged HDF5 ({})", why.reason));
  throw InputError(name, "is not a result file (not HDF5)");
}

void check_format(const fs::path& path, const Group& root) {
  const auto foreign = [&](std::string_view why) {
    throw InputError(path, fmt::format("is HDF5, but no result of Rathaus ({})", why));
  };
  if (!root.has_attribute("format")) foreign("it has no attribute 'format'");
  if (const AttributeValue value = root.attribute("format");
      value != AttributeValue(std::string(format_name)))
    foreign(fmt::format("its attribute 'format' is not '{}'", format_name));
  if (!root.has_attribute("format_version")) foreign("it has no attribute 'format_version'");
  const AttributeValue value = root.attribute("format_version");
  const auto* version = std::get_if<std::vector<std::int64_t>>(&value);
  if (version == nullptr || version->size() != 2)
    foreign("its 'format_version' is not two numbers");
  if ((*version)[0] != format_version[0])
    throw InputError(path,
                     fmt::format("has format version {}.{} (this Rathaus reads {}.x) use {} one",
                                 (*version)[0], (*version)[1], format_version[0],
                                 (*version)[0] > format_version[0] ? "a newer" : "an older"));
}

}  // namespace

File::File(fs::path path, std::optional<files::Output> output, Handle handle, bool compress)
    : path_(std::move(path)),
      output_(std::move(output)),
      handle_(std::move(handle)),
      compress_(compress) {}

File::File(File&& other) noexcept
    : path_(std::move(other.path_)),
      output_(std::exchange(other.output_, std::nullopt)),
      handle_(std::move(other.handle_)),
      compress_(other.compress_) {}

File::~File() {
  // On a full disk closing fails and leaves HDF5 with a dangling file; leaving it open does not.
  if (output_ && handle_ && H5Fflush(handle_.get(), H5F_SCOPE_GLOBAL) < 0) handle_.leak();
  handle_.close();
}

File File::create(const fs::path& path, const CreateOptions& options) {
  files::Output output(path, options.overwrite);
  prepare_hdf5();
  require_memory_of_caches();
  // no other process writes to the part, since the output is claimed
  const Handle creation = property_list(H5P_FILE_CREATE), access = access_list(false);
  Handle handle(H5Fcreate(output.part().c_str(), H5F_ACC_TRUNC, creation.get(), access.get()),
                H5Fclose);
  if (!handle) {
    const Failure why = failure();
    if (why.kind == Failure::Kind::locked || why.kind == Failure::Kind::no_locks)
      throw InputError(
          path, fmt::format("cannot be locked ({}) set HDF5_USE_FILE_LOCKING=FALSE", why.reason));
    throw files::FileError(path, fmt::format("cannot be written ({})", why.reason));
  }
  File file(path, std::move(output), std::move(handle), options.compress);
  Group root = file.root();
  root.attribute("Conventions", "CF-1.11");
  root.attribute("format", format_name);
  root.attribute("format_version", format_version);
  return file;
}

File File::open(const fs::path& path) {
  check_readable(path);
  require_sound(path);
  return open_unchecked(path);
}

File File::open_unchecked(const fs::path& path) {
  check_readable(path);
  File file(path, std::nullopt, open_hdf5(path), false);
  check_format(path, file.root());
  return file;
}

Group File::root() const {
  const Id id = handle_.get();
  return {{checked(H5Gopen2(id, "/", H5P_DEFAULT), id, "open"), H5Gclose}, compress_};
}

void File::commit() {
  if (!output_) throw std::logic_error("a result file can be committed once");
  // After a full disk closing may succeed although flushing did not, so each verdict counts.
  checked(H5Fflush(handle_.get(), H5F_SCOPE_GLOBAL), handle_.get(), "write");
  if (handle_.close() < 0)
    throw files::FileError(path_, fmt::format("cannot be closed ({})", failure().reason));
  output_->store();
  try {
    check_whole(open_unchecked(output_->part()).root());
  } catch (const InputError& error) {
    throw files::FileError(fmt::format("the result was not stored whole: {}", error.what()));
  }
  output_->commit();
  output_.reset();
}

}  // namespace rathaus::hdf5
