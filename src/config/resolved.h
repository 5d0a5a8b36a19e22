// The experiment as `rathaus explain` prints it: one TOML that stands alone.
#pragma once

#include <string>

#include "config/draft.h"

namespace rathaus::config {

/// Every default, table and choice, in a fixed order; numbers so that they read back as the same
/// bits. Reading the text and printing it again gives the same bytes.
std::string resolved_text(const Draft& draft);

}  // namespace rathaus::config
