#include "commands/output.h"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>

#include "diagnostics/diagnostics.h"

namespace rathaus::commands {

namespace fs = std::filesystem;

void check_output(const fs::path& path, bool force) {
  if (path.empty()) return;
  std::error_code none;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : ".";
  if (!fs::is_directory(folder, none))
    throw InputError(
        fmt::format("{}: cannot be written (there is no folder '{}') make the folder, or choose "
                    "another place",
                    path.string(), folder.string()));
  if (fs::is_directory(path, none))
    throw InputError(
        fmt::format("{}: cannot be written (it is a folder) name a file in it", path.string()));
  if (fs::exists(path, none) && !fs::is_regular_file(path, none))
    throw InputError(
        fmt::format("{}: cannot be written (it is no ordinary file) name one", path.string()));
  if (!force && fs::exists(path, none))
    throw InputError(
        fmt::format("{}: exists already (nothing is overwritten unasked) choose another name, or "
                    "add --force",
                    path.string()));
  if (::access(folder.c_str(), W_OK | X_OK) != 0)
    throw InputError(
        fmt::format("{}: cannot be written (no permission in the folder '{}') choose another place",
                    path.string(), folder.string()));
}

void keep_apart(const std::vector<fs::path>& outputs,
                const std::vector<experiment::Input>& inputs) {
  Diagnostics diagnostics;
  const auto refuse = [&](const fs::path& output, const char* why) {
    diagnostics.error({output.string()}, fmt::format("{} choose another name", why));
  };
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (outputs[i].empty()) continue;
    std::error_code none;
    for (const experiment::Input& input : inputs)
      if (fs::equivalent(outputs[i], input.file, none))
        refuse(outputs[i], "would be overwritten (it is what this command reads)");
    for (std::size_t j = 0; j < i; ++j)
      if (fs::weakly_canonical(fs::absolute(outputs[i]), none) ==
          fs::weakly_canonical(fs::absolute(outputs[j]), none))
        refuse(outputs[i], "is named for two outputs (the second would overwrite the first)");
  }
  diagnostics.throw_if_failed();
}

void write_whole(const fs::path& path, const std::function<void(std::ostream&)>& write) {
  fs::path part = path;
  part += ".part";
  std::ofstream file(part, std::ios::binary);
  write(file);
  file.close();
  std::error_code error;
  if (file) fs::rename(part, path, error);
  if (!file || error) {
    fs::remove(part, error);
    throw std::runtime_error(
        fmt::format("{}: could not be written to its end (disk full?)", path.string()));
  }
}

}  // namespace rathaus::commands
