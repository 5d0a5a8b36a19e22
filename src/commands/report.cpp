#include "commands/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "commands/output.h"
#include "commands/python.h"
#include "diagnostics/diagnostics.h"
#include "files/file_error.h"

namespace rathaus::commands {

namespace fs = std::filesystem;

void require_report_possible(const fs::path& report, bool force) {
  std::string kind = report.extension().string();
  std::ranges::transform(kind, kind.begin(), [](unsigned char c) { return std::tolower(c); });
  if (kind != ".html" && kind != ".htm" && kind != ".pdf")
    throw InputError(
        report,
        fmt::format("a report is a web page or a PDF (its name ends with .html or .pdf) name it {}",
                    fs::path(report).replace_extension(".html").string()));
  check_output(report, force);
  require_python_package();
}

void write_report(const fs::path& result, const fs::path& report, const std::string& language,
                  bool force, bool quiet) {
  // "./-x.h5" is no option
  const auto word = [](const fs::path& path) {
    return (path.string().starts_with('-') ? "./" : "") + path.string();
  };
  std::vector<std::string> words{"report", word(result), "-o", word(report), "--lang", language};
  if (force) words.emplace_back("--force");
  if (quiet) words.emplace_back("--quiet");
  if (python(words) != 0)
    throw files::FileError(
        report, fmt::format("the report was not written (see above; the result is whole: {}) mend "
                            "that and run rathaus report",
                            result.string()));
}

}  // namespace rathaus::commands
