#include "hdf5/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <map>
#include <system_error>

#include "diagnostics/diagnostics.h"
#include "hdf5/hdf5_types.h"

namespace rathaus::hdf5 {
namespace {

namespace fs = std::filesystem;

std::string words_of(int error) {
  return std::generic_category().message(error);
}

Handle access_list() {
  Handle list = property_list(H5P_FILE_ACCESS);
  // Old enough for every reader of the last decade.
  H5Pset_libver_bounds(list.get(), H5F_LIBVER_EARLIEST, H5F_LIBVER_V110);
  // Closing the file closes all that is in it, so that its last flush has a verdict.
  H5Pset_fclose_degree(list.get(), H5F_CLOSE_STRONG);
  // Some network file systems know no locks.
  H5Pset_file_locking(list.get(), true, true);
  return list;
}

/// Opens for writing, to learn in the system's words what is wrong with a path, if anything.
void check_writable(const fs::path& path, const fs::path& part) {
  const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  const int error = errno;
  if (descriptor >= 0) {
    ::close(descriptor);
    return;
  }
  const std::string message =
      fmt::format("{}: cannot be written ({})", path.string(), words_of(error));
  if (error == ENOSPC || error == EDQUOT || error == EIO) throw files::FileError(message);
  throw InputError(message);
}

/// Forces a file, or a folder's list of names, to the disk.
void synchronise(const fs::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  int error = descriptor < 0 ? errno : 0;
  // Some file systems cannot synchronise a folder and say EINVAL.
  if (descriptor >= 0 && ::fsync(descriptor) < 0 && errno != EINVAL) error = errno;
  if (descriptor >= 0 && ::close(descriptor) < 0 && error == 0) error = errno;
  if (error != 0)
    throw files::FileError(
        fmt::format("{}: cannot be stored ({})", path.string(), words_of(error)));
}

/// Every variable written and as long as its dimensions. `lengths` are those of the groups above.
void check_whole(const Group& group, std::map<std::string, std::size_t> lengths) {
  for (const std::string& name : group.variables())
    if (const Variable variable = group.variable(name); variable.is_dimension())
      lengths[name] = variable.rows();
  for (const std::string& name : group.variables()) {
    const Variable variable = group.variable(name);
    if (!variable.written())
      throw files::FileError(fmt::format("result variable {} was never written", variable.path()));
    const std::vector<std::string> dimensions = variable.dimensions();
    for (std::size_t axis = 0; axis < dimensions.size(); ++axis)
      if (variable.shape()[axis] != lengths[dimensions[axis]])
        throw files::FileError(fmt::format(
            "result variable {} has {} values along '{}' instead of {}", variable.path(),
            variable.shape()[axis], dimensions[axis], lengths[dimensions[axis]]));
  }
  for (const std::string& name : group.groups()) check_whole(group.group(name), lengths);
}

/// InputError unless it is a regular file that can be read.
void check_readable(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    throw InputError(fmt::format("{}: cannot be read ({})", path.string(), words_of(errno)));
  ::close(descriptor);
  if (!fs::is_regular_file(path))
    throw InputError(fmt::format("{}: is no file (a result is a single file)", path.string()));
}

Handle open_hdf5(const fs::path& path) {
  prepare_hdf5();
  const Handle access = access_list();  // lives on, as closing it would forget the error
  Handle handle(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()), H5Fclose);
  if (handle) return handle;
  const std::string reason = failure_reason();
  if (reason.find("truncated") != std::string::npos)
    throw InputError(fmt::format(
        "{}: is cut off (shorter than it says it is: an interrupted copy?) fetch it again",
        path.string()));
  if (H5Fis_hdf5(path.c_str()) > 0)
    throw InputError(fmt::format("{}: is damaged HDF5 ({})", path.string(), reason));
  throw InputError(fmt::format("{}: is not a result file (not HDF5)", path.string()));
}

void check_format(const fs::path& path, const Group& root) {
  const auto foreign = [&](std::string_view why) {
    throw InputError(fmt::format("{}: is HDF5, but no result of Rathaus ({})", path.string(), why));
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
    throw InputError(
        fmt::format("{}: has format version {}.{} (this Rathaus reads {}.x) use {} one",
                    path.string(), (*version)[0], (*version)[1], format_version[0],
                    (*version)[0] > format_version[0] ? "a newer" : "an older"));
}

}  // namespace

File::File(fs::path path, fs::path part, Handle handle, bool compress)
    : path_(std::move(path)),
      part_(std::move(part)),
      handle_(std::move(handle)),
      compress_(compress) {}

File::File(File&& other) noexcept
    : path_(std::move(other.path_)),
      part_(std::exchange(other.part_, {})),
      handle_(std::move(other.handle_)),
      compress_(other.compress_) {}

File::~File() {
  if (part_.empty()) return;
  // On a full disk closing fails and leaves HDF5 with a dangling file; leaving it open does not.
  if (handle_ && H5Fflush(handle_.get(), H5F_SCOPE_GLOBAL) < 0) handle_.leak();
  handle_.close();
  std::error_code ignored;
  fs::resize_file(part_, 0, ignored);  // gives the space back even if the file is still open
  fs::remove(part_, ignored);
}

void File::check_target(const fs::path& path, bool overwrite) {
  std::error_code ignored;  // what the system minds about a path, check_writable tells
  if (const fs::path folder = path.parent_path();
      !folder.empty() && !fs::is_directory(folder, ignored))
    throw InputError(
        fmt::format("{}: cannot be written (no folder '{}')", path.string(), folder.string()));
  const fs::file_status there = fs::status(path, ignored);
  if (fs::exists(there) && !fs::is_regular_file(there))
    throw InputError(fmt::format("{}: is no file (a result is a single file)", path.string()));
  if (fs::exists(there) && !overwrite)
    throw InputError(fmt::format(
        "{}: exists already (nothing is overwritten unasked) choose another name, or add --force",
        path.string()));

  fs::path part = path;
  part += ".part";
  const bool was_there = fs::exists(part, ignored);
  check_writable(path, part);
  if (!was_there) fs::remove(part, ignored);
}

File File::create(const fs::path& path, const CreateOptions& options) {
  check_target(path, options.overwrite);
  fs::path part = path;
  part += ".part";
  prepare_hdf5();
  const Handle creation = property_list(H5P_FILE_CREATE), access = access_list();
  Handle handle(H5Fcreate(part.c_str(), H5F_ACC_TRUNC, creation.get(), access.get()), H5Fclose);
  if (!handle) {
    const std::string reason = failure_reason();
    std::error_code ignored;
    fs::remove(part, ignored);
    throw files::FileError(fmt::format("{}: cannot be written ({})", path.string(), reason));
  }
  File file(path, std::move(part), std::move(handle), options.compress);
  Group root = file.root();
  root.attribute("Conventions", "CF-1.11");
  root.attribute("format", format_name);
  root.attribute("format_version", format_version);
  return file;
}

File File::open(const fs::path& path) {
  check_readable(path);
  File file(path, {}, open_hdf5(path), false);
  check_format(path, file.root());
  return file;
}

Group File::root() const {
  const Id id = handle_.get();
  return {{checked(H5Gopen2(id, "/", H5P_DEFAULT), id, "open"), H5Gclose}, compress_};
}

void File::commit() {
  if (part_.empty()) throw std::logic_error("a result file can be committed once");
  // After a full disk closing may succeed although flushing did not, so each verdict counts.
  checked(H5Fflush(handle_.get(), H5F_SCOPE_GLOBAL), handle_.get(), "write");
  if (handle_.close() < 0)
    throw files::FileError(
        fmt::format("{}: cannot be closed ({})", path_.string(), failure_reason()));
  synchronise(part_, O_RDONLY);
  try {
    check_whole(open(part_).root(), {});
  } catch (const InputError& error) {
    throw files::FileError(fmt::format("the result was not stored whole: {}", error.what()));
  }
  std::error_code error;
  fs::rename(part_, path_, error);
  if (error)
    throw files::FileError(
        fmt::format("{}: cannot be given its name ({})", path_.string(), error.message()));
  part_.clear();
  const fs::path folder = path_.parent_path();
  synchronise(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
}

}  // namespace rathaus::hdf5
