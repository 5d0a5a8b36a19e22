// The only door to files that are read: texts by name. rathaus_disk opens it to the disk;
// rathaus_memory, for an engine without an operating system (rathaus_engine), to texts that were
// put there (memory.h). The program that is linked decides. Paths are texts with '/'.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rathaus::files {

enum class Kind { nothing, file, folder, unreadable };
Kind kind_of(const std::string& path);

/// The bytes of a file; of one that is longer than `at_most`, the first at_most + 1. Nothing if it
/// cannot be read.
std::optional<std::string> read(const std::string& path,
                                std::size_t at_most = std::numeric_limits<std::size_t>::max() - 1);

/// Names of the folders in a folder.
std::vector<std::string> folders_in(const std::string& path);
/// Names of the files in a folder, by the alphabet.
std::vector<std::string> files_in(const std::string& path);

/// From the root on, without "." and "..".
std::string full_path(const std::string& path);

/// `name` as seen from `folder`: a name from the root on is taken as it is.
inline std::string join(const std::string& folder, const std::string& name) {
  if (folder.empty() || name.starts_with('/')) return name;
  return folder.ends_with('/') ? folder + name : folder + '/' + name;
}

/// What stands behind the last '/'.
inline std::string last_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

/// What stands before the last '/'.
inline std::string folder_of(const std::string& path) {
  const std::size_t end = path.rfind('/');
  if (end == std::string::npos) return "";
  return path.substr(0, end == 0 ? 1 : end);
}

}  // namespace rathaus::files
