// The keys of an experiment as a JSON Schema, by which editors of TOML complete and check.
#pragma once

#include <string>
#include <vector>

#include "config/keys.h"

namespace rathaus::commands {

std::string schema_of(const std::vector<config::Key>& keys);

}  // namespace rathaus::commands
