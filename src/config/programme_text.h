// Support programmes, scenarios and targets as TOML text, in one form only.
#pragma once

#include <string>

#include "config/draft.h"

namespace rathaus::config {

/// [programme.…] with every key, [scenario.…] with what each changes, [[target]]; none of them if
/// the experiment has none but one scenario without programmes.
std::string scenarios_text(const Draft& draft);

}  // namespace rathaus::config
