#include "commands/output.h"

#include <fmt/format.h>

#include <fstream>

#include "diagnostics/diagnostics.h"
#include "hdf5/file.h"

namespace rathaus::commands {

namespace fs = std::filesystem;

void check_output(const fs::path& path, bool force) {
  if (!path.empty()) hdf5::File::check_target(path, force);
}

void keep_apart(const std::vector<fs::path>& outputs, const std::vector<study::Input>& inputs) {
  Diagnostics diagnostics;
  const auto refuse = [&](const fs::path& output, const char* why) {
    diagnostics.error({output.string()}, fmt::format("{} choose another name", why));
  };
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (outputs[i].empty()) continue;
    std::error_code none;
    for (const study::Input& input : inputs)
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
