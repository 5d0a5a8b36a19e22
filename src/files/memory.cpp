#include "files/memory.h"

#include <algorithm>
#include <map>

#include "files/texts.h"

namespace rathaus::files {
namespace {

/// One engine has one set of files, as a program has one disk.
std::map<std::string, std::string>& texts() {
  static std::map<std::string, std::string> all;
  return all;
}

}  // namespace

void put(const std::string& name, std::string text) {
  texts()[full_path(name)] = std::move(text);
}

void forget(const std::string& name) {
  texts().erase(full_path(name));
}

Kind kind_of(const std::string& path) {
  const std::string full = full_path(path);
  if (texts().contains(full)) return Kind::file;
  const std::string within = full + '/';
  const auto next = texts().lower_bound(within);
  return next != texts().end() && next->first.starts_with(within) ? Kind::folder : Kind::nothing;
}

std::optional<std::string> read(const std::string& path, std::size_t at_most) {
  const auto found = texts().find(full_path(path));
  if (found == texts().end()) return std::nullopt;
  return found->second.substr(0, std::min(at_most, found->second.size()) + 1);
}

std::vector<std::string> folders_in(const std::string& path) {
  std::vector<std::string> names;
  const std::string within = full_path(path) + '/';
  for (const auto& [name, text] : texts()) {
    const std::size_t end = name.find('/', within.size());
    if (!name.starts_with(within) || end == std::string::npos) continue;
    std::string folder = name.substr(within.size(), end - within.size());
    if (names.empty() || names.back() != folder) names.push_back(std::move(folder));
  }
  return names;
}

std::vector<std::string> files_in(const std::string& path) {
  std::vector<std::string> names;
  const std::string within = full_path(path) + '/';
  for (const auto& [name, text] : texts())
    if (name.starts_with(within) && name.find('/', within.size()) == std::string::npos)
      names.push_back(name.substr(within.size()));
  return names;
}

std::string full_path(const std::string& path) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string part = path.substr(begin, end - begin);
    if (part == ".." && !parts.empty())
      parts.pop_back();
    else if (!part.empty() && part != "." && part != "..")
      parts.push_back(part);
    begin = end + 1;
  }
  std::string full;
  for (const std::string& part : parts) full += '/' + part;
  return full.empty() ? "/" : full;
}

}  // namespace rathaus::files
