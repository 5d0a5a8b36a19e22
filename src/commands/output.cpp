#include "commands/output.h"

#include <fmt/format.h>

#include "diagnostics/diagnostics.h"

namespace rathaus::commands {

void refuse_to_overwrite(const std::filesystem::path& path, bool force) {
  if (force || !std::filesystem::exists(path)) return;
  throw InputError(
      fmt::format("{}: exists already (nothing is overwritten unasked) choose another "
                  "name, or add --force",
                  path.string()));
}

}  // namespace rathaus::commands
