#include "commands/places.h"

#include <cstdlib>
#include <filesystem>

namespace rathaus::commands {

namespace fs = std::filesystem;

model_folder::ModelPlaces model_places() {
  model_folder::ModelPlaces places;
  if (const char* own = std::getenv("RATHAUS_MODELS"); own != nullptr && *own != '\0')
    places.folders.emplace_back(own);
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) return places;
  const fs::path folder = program.parent_path();
  places.folders.push_back((folder.parent_path() / "share" / "rathaus" / "models").string());
  for (fs::path above = folder; above != above.root_path(); above = above.parent_path()) {
    if (!fs::exists(above / "models" / "germany" / "parameters.toml", error)) continue;
    places.folders.push_back((above / "models").string());
    break;
  }
  return places;
}

}  // namespace rathaus::commands
