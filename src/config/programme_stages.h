// `requires`: stages of a programme, of which the second is for the winners of the first.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "toml_reader/reader.h"

namespace rathaus::config {

/// A programme as a scenario runs it.
struct StagedProgramme {
  std::string name;
  std::string place;  //!< of its table, for messages
  toml_reader::Layers layers;
};

/// Errors where `requires` names none of the `known` programmes, one that the scenario does not
/// run, or leads back to where it began.
void check_stages(const std::string& scenario, std::span<const StagedProgramme> runs,
                  const std::vector<std::string_view>& known, Diagnostics& diagnostics);

}  // namespace rathaus::config
