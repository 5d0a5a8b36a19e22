#include "commands/output.h"

#include <fmt/format.h>

#include "diagnostics/diagnostics.h"
#include "files/output.h"

namespace rathaus::commands {

namespace fs = std::filesystem;

void check_output(const fs::path& path, bool force) {
  if (!path.empty()) const files::Output probe(path, force);
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
      if (!outputs[j].empty() && files::place_of(outputs[i]) == files::place_of(outputs[j]))
        refuse(outputs[i], "is named for two outputs (the second would overwrite the first)");
  }
  diagnostics.throw_if_failed();
}

}  // namespace rathaus::commands
