#include "commands/report.h"

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "commands/output.h"
#include "commands/python.h"

namespace rathaus::commands {

namespace fs = std::filesystem;

void require_report_possible(const fs::path& report, bool force) {
  check_output(report, force);
  require_python_package();
}

void write_report(const fs::path& result, const fs::path& report, bool force, bool quiet) {
  std::vector<std::string> words{"report", result.string(), "-o", report.string()};
  if (force) words.emplace_back("--force");
  if (quiet) words.emplace_back("--quiet");
  if (python(words) != 0)
    throw std::runtime_error(fmt::format(
        "{}: the report was not written (see above; the result is whole: {}) mend that and run "
        "rathaus report",
        report.string(), result.string()));
}

}  // namespace rathaus::commands
