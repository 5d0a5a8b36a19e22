// The answer of `rathaus compare`: one screen.
#pragma once

#include <string>

#include "analysis/answer.h"
#include "commands/labels.h"
#include "commands/words.h"

namespace rathaus::commands {

/// At most 60 lines of at most 120 columns. `theory`: part of the names of the theories to show;
/// InputError if there is none of that name.
std::string answer_text(const std::string& title, const analysis::Answer& answer, const Words& say,
                        const Labels& labels, const std::string& theory = "");

}  // namespace rathaus::commands
