// The decision table as text: for people, for spreadsheets and for programs.
#pragma once

#include <string>

#include "analysis/comparison.h"

namespace rathaus::commands {

std::string comparison_table(const analysis::Comparison& comparison);
std::string comparison_csv(const analysis::Comparison& comparison);
std::string comparison_json(const analysis::Comparison& comparison);

}  // namespace rathaus::commands
