// --set KEY=VALUE: changes to the parsed file, made before it is read and checked like it.
#pragma once

#include <string>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "toml_reader/toml.h"

namespace rathaus::config {

/// The dotted path of a parameter, a coefficient or a switch of the model that is named alone
/// ("lock_rate": "parameters.lock_rate"); any other key as it is.
std::string full_key(const std::string& key);

/// Applies overrides in turn. KEY is a dotted path of TOML keys through tables, or the name of a
/// number of the model alone; VALUE is TOML, or else a text without its quotes. What takes the
/// place of the value in the file is replaced whole; a population file replaces the synthetic
/// source and its number of units, and the other way round. New keys keep the order in which they
/// are given.
void apply_overrides(toml::table& experiment, const std::vector<std::string>& sets,
                     Diagnostics& diagnostics);

}  // namespace rathaus::config
