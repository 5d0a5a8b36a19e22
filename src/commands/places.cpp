#include "commands/places.h"

#include <cstdlib>

namespace rathaus::commands {

namespace fs = std::filesystem;

std::vector<fs::path> model_places() {
  std::vector<fs::path> places;
  if (const char* own = std::getenv("RATHAUS_MODELS"); own != nullptr && *own != '\0')
    places.emplace_back(own);
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) return places;
  const fs::path folder = program.parent_path();
  places.push_back(folder.parent_path() / "share" / "rathaus" / "models");
  for (fs::path above = folder; above != above.root_path(); above = above.parent_path()) {
    if (!fs::exists(above / "models" / "germany" / "parameters.toml", error)) continue;
    places.push_back(above / "models");
    break;
  }
  return places;
}

}  // namespace rathaus::commands
