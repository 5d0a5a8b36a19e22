#include "commands/python.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <stdexcept>

#include "commands/commands.h"
#include "commands/places.h"
#include "diagnostics/diagnostics.h"

namespace rathaus::commands {
namespace {

namespace fs = std::filesystem;

/// Debian's, which has Debian's packages; another python3 of the path may lack them, and then hands
/// over to this one.
constexpr const char* debians = "/usr/bin/python3";

/// The folder of the package, in the source tree or where the program was installed to.
std::optional<fs::path> find_package() {
  for (const fs::path models : model_places().folders) {
    const fs::path folder = models.parent_path() / "python";
    if (fs::is_regular_file(folder / "rathaus" / "__main__.py")) return folder;
  }
  return std::nullopt;
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

void set(const char* name, const std::string& value) {
  ::setenv(name, value.c_str(), 1);
}

}  // namespace

std::vector<Command> python_commands() {
  return {
      {.name = "export", .help = "a result as tidy tables in CSV"},
      {.name = "import-register",
       .help = "a population file from an official list of municipalities"},
      {.name = "report", .help = "a page of a result for those who decide"},
      {.name = "story",
       .help = "what happened to a municipality, year by year, side by side over the scenarios"},
      {.name = "survives",
       .help = "which scenario beats another at how many points, for the same money"},
      {.name = "verify", .help = "the limiting cases of the model, whose answers are known"}};
}

void require_python_package() {
  if (!find_package())
    throw InputError(
        "the Python package rathaus is not there (neither beside the models of this program nor "
        "installed with it) install all of Rathaus: cmake --install BUILD");
}

int python(const std::vector<std::string>& words) {
  require_python_package();
  const std::string folder = find_package().value().string();
  const std::string others = variable("PYTHONPATH");
  set("PYTHONPATH", others.empty() ? folder : folder + ":" + others);
  set("PYTHONDONTWRITEBYTECODE", "1");  // the folder may belong to someone else
  set("RATHAUS", fs::read_symlink("/proc/self/exe").string());
  std::string interpreter = variable("RATHAUS_PYTHON");
  if (interpreter.empty()) {
    interpreter = "python3";
    set("RATHAUS_OTHER_PYTHON", debians);
  }

  std::vector<std::string> all{interpreter, "-m", "rathaus"};
  all.insert(all.end(), words.begin(), words.end());
  std::vector<char*> arguments;
  for (std::string& word : all) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int error =
      ::posix_spawnp(&child, interpreter.c_str(), nullptr, nullptr, arguments.data(), ::environ);
  if (error != 0)
    throw InputError("'rathaus " + words.front() + "' needs Python (" + interpreter + ": " +
                     std::strerror(error) + ") install it, or name one in RATHAUS_PYTHON");
  const auto handler = std::signal(SIGINT, SIG_IGN);  // Ctrl-C is for the child, which ends with 3
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  std::signal(SIGINT, handler);
  return WIFEXITED(status) ? WEXITSTATUS(status) : static_cast<int>(failed);
}

}  // namespace rathaus::commands
