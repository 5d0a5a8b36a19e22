// A result file: HDF5 that xarray, R and netCDF tools open as it is.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "files/output.h"
#include "hdf5/group.h"
#include "hdf5/handle.h"

namespace rathaus::hdf5 {

/// Root attributes `format` and `format_version`. A file of another major version is refused;
/// a higher minor version only adds names.
inline constexpr std::string_view format_name = "rathaus-results";
inline constexpr std::array<std::int32_t, 2> format_version{1, 2};

struct CreateOptions {
  bool compress = false;   ///< shuffle + deflate 4; about 60 MB/s, so shards are better without
  bool overwrite = false;  ///< replace an existing file
};

/// A new one is a files::Output: under its name there is never anything but a whole file.
class File {
 public:
  /// A new file with the attributes `Conventions`, `format` and `format_version`. InputError as
  /// files::Output: the path exists, has no folder, cannot be written, is written by another.
  static File create(const std::filesystem::path& path, const CreateOptions& options = {});

  /// For reading. InputError if the file is missing, a folder, not HDF5, cut off, damaged (see
  /// require_sound), not ours, of a newer format, or locked by a program that may be changing it;
  /// files::FileError if the disk or the memory fails.
  static File open(const std::filesystem::path& path);
  /// The same for a file that is known to be sound.
  static File open_unchecked(const std::filesystem::path& path);

  File(File&& other) noexcept;
  File& operator=(File&&) = delete;
  /// Removes what was not committed.
  ~File();

  const std::filesystem::path& path() const { return path_; }
  Group root() const;

  /// Closes the file, forces it to the disk, opens it again to check that it is whole, and gives
  /// it its name. FileError, and no file, if any of that fails, if a variable was never written,
  /// or if variables differ in length along the same dimension.
  void commit();

 private:
  File(std::filesystem::path path, std::optional<files::Output> output, Handle handle,
       bool compress);

  std::filesystem::path path_;
  std::optional<files::Output> output_;  ///< none once committed, and when reading
  Handle handle_;
  bool compress_;
};

}  // namespace rathaus::hdf5
