// The decision table as text, in both languages.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "analysis/comparison.h"
#include "commands/labels.h"
#include "commands/words.h"

namespace rathaus::commands {

/// For people: rounded, in sections as wide as a page.
std::string comparison_table(const analysis::Comparison& comparison, const Words& say,
                             const Labels& labels);

/// For spreadsheets and for programs: every number as it was computed.
std::string comparison_csv(const analysis::Comparison& comparison);
std::string comparison_json(const analysis::Comparison& comparison, const nlohmann::json& answer);

}  // namespace rathaus::commands
