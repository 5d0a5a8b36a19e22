#include <fmt/format.h>

#include <fstream>

#include "commands/commands.h"
#include "commands/load.h"
#include "results/file.h"

namespace rathaus::commands {
namespace {

/// HDF5 files begin with these eight bytes.
bool is_result(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  char begin[8] = {};
  return file.read(begin, 8) &&
         std::string_view(begin, 8) == std::string_view("\x89HDF\r\n\x1a\n", 8);
}

}  // namespace

int explain(const ExplainCommand& command) {
  if (is_result(command.file)) {
    if (!command.sets.empty())
      throw InputError(
          "--set cannot change a result (its runs are done) use it with an experiment");
    fmt::print("{}", results::File::open(command.file).root().group("provenance").text("resolved"));
  } else {
    fmt::print("{}", load_study(command.file, command.sets).resolved_text);
  }
  return done;
}

}  // namespace rathaus::commands
