// The first look at a result, as text for a terminal.
#pragma once

#include <string>

#include "analysis/overview.h"
#include "commands/labels.h"
#include "commands/words.h"

namespace rathaus::commands {

std::string overview_text(const analysis::Overview& view, const Words& say, const Labels& labels);
/// Of a result, in a language: "en" or "de".
std::string overview_text(const hdf5::Group& root, const std::string& language);

}  // namespace rathaus::commands
