#include "commands/report.h"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "commands/output.h"
#include "commands/places.h"
#include "diagnostics/diagnostics.h"

namespace rathaus::commands {
namespace {

namespace fs = std::filesystem;

/// Debian's, which has the packages of the report; another python3 of the path may lack them.
constexpr const char* python = "/usr/bin/python3";

/// Beside the models, in the source tree or where the program was installed to.
std::optional<fs::path> find_script() {
  for (const fs::path& models : model_places()) {
    const fs::path script = models.parent_path() / "scripts" / "report.py";
    if (fs::is_regular_file(script)) return script;
  }
  return std::nullopt;
}

}  // namespace

void require_report_possible(const fs::path& report, bool force) {
  check_output(report, force);
  if (!find_script())
    throw InputError(
        "--report needs scripts/report.py (it is neither beside the models of this program nor "
        "installed with it) run without --report");
}

void write_report(const fs::path& result, const fs::path& report, bool force, bool quiet) {
  // numbers come from this program, not from another one that the script might find
  ::setenv("RATHAUS", fs::read_symlink("/proc/self/exe").c_str(), 1);
  std::vector<std::string> words{python, find_script().value().string(), result.string(), "-o",
                                 report.string()};
  if (force) words.emplace_back("--force");
  if (quiet) words.emplace_back("--quiet");
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int error = ::posix_spawn(&child, python, nullptr, nullptr, arguments.data(), ::environ);
  int status = 0;
  while (error == 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (error != 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw std::runtime_error(fmt::format(
        "{}: the report was not written (see above; the result is whole: {}) install the packages "
        "that docs/report.md names and run scripts/report.py",
        report.string(), result.string()));
}

}  // namespace rathaus::commands
