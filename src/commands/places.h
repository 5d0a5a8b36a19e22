// Where the files that come with Rathaus are found.
#pragma once

#include "model_folder/model_folder.h"

namespace rathaus::commands {

/// Folders that hold installed models, the first that has a name wins: $RATHAUS_MODELS, then
/// share/rathaus/models beside an installed program, then models/ of the source tree around a
/// build.
model_folder::ModelPlaces model_places();

}  // namespace rathaus::commands
