// The report of a result: `rathaus run --report` hands it to `rathaus report`.
#pragma once

#include <filesystem>
#include <string>

namespace rathaus::commands {

/// What would stop a report from being written, told before hours are spent on its result:
/// InputError if the file is there already and may not be overwritten, or the Python package is missing.
void require_report_possible(const std::filesystem::path& report, bool force);

/// Writes the report with the numbers of this very program; std::runtime_error if that fails
/// (it has told why on standard error).
void write_report(const std::filesystem::path& result, const std::filesystem::path& report,
                  const std::string& language, bool force, bool quiet);

}  // namespace rathaus::commands
