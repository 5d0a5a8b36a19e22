#include "commands/output.h"

#include <fmt/format.h>

#include <fstream>

#include "diagnostics/diagnostics.h"

namespace rathaus::commands {

void refuse_to_overwrite(const std::filesystem::path& path, bool force) {
  if (force || !std::filesystem::exists(path)) return;
  throw InputError(
      fmt::format("{}: exists already (nothing is overwritten unasked) choose another "
                  "name, or add --force",
                  path.string()));
}

void write_whole(const std::filesystem::path& path,
                 const std::function<void(std::ostream&)>& write) {
  std::filesystem::path part = path;
  part += ".part";
  std::ofstream file(part, std::ios::binary);
  if (!file || std::filesystem::is_directory(path))
    throw InputError(
        fmt::format("{} cannot be written (no such folder, or no permission) choose another place",
                    path.string()));
  write(file);
  file.close();
  std::error_code error;
  if (file) std::filesystem::rename(part, path, error);
  if (!file || error) {
    std::filesystem::remove(part);
    throw std::runtime_error(
        fmt::format("{} could not be written to its end (disk full?)", path.string()));
  }
}

}  // namespace rathaus::commands
