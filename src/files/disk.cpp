#include <algorithm>
#include <filesystem>
#include <fstream>

#include "files/texts.h"

namespace rathaus::files {

namespace fs = std::filesystem;

Kind kind_of(const std::string& path) {
  std::error_code none;
  if (!fs::exists(path, none)) return Kind::nothing;
  if (fs::is_directory(path, none)) return Kind::folder;
  return std::ifstream(path, std::ios::binary) ? Kind::file : Kind::unreadable;
}

std::optional<std::string> read(const std::string& path, std::size_t at_most) {
  std::ifstream file(path, std::ios::binary);
  std::string text;
  std::vector<char> block(1 << 16);
  while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0) {
    text.append(block.data(), static_cast<std::size_t>(file.gcount()));
    if (text.size() > at_most) {
      text.resize(at_most + 1);
      return text;
    }
  }
  // Opening a folder succeeds and reading it does not, so only the end of the file is success.
  if (!file.eof()) return std::nullopt;
  return text;
}

std::vector<std::string> folders_in(const std::string& path) {
  std::vector<std::string> names;
  std::error_code none;
  for (fs::directory_iterator entry(path, none), end; !none && entry != end; entry.increment(none))
    if (entry->is_directory(none)) names.push_back(entry->path().filename().string());
  return names;
}

std::vector<std::string> files_in(const std::string& path) {
  std::vector<std::string> names;
  std::error_code none;
  for (fs::directory_iterator entry(path, none), end; !none && entry != end; entry.increment(none))
    if (!entry->is_directory(none)) names.push_back(entry->path().filename().string());
  std::ranges::sort(names);
  return names;
}

std::string full_path(const std::string& path) {
  std::string full = fs::absolute(path).lexically_normal().string();
  while (full.size() > 1 && full.ends_with('/')) full.pop_back();
  return full;
}

}  // namespace rathaus::files
