// Where the files that come with Rathaus are found.
#pragma once

#include <filesystem>
#include <vector>

namespace rathaus::commands {

/// Folders that hold installed models, the first that has a name wins: $RATHAUS_MODELS, then
/// share/rathaus/models beside an installed program, then models/ of the source tree around a
/// build.
std::vector<std::filesystem::path> model_places();

}  // namespace rathaus::commands
