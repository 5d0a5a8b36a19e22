// A table of points for [design] method = "list".
#include "config/experiment_file.h"
#include "fuzz.h"

using namespace rathaus;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz::read_anything([&] {
    const fuzz::MemoryFile file(fuzz::text_of(data, size));
    const std::string experiment =
        "title = \"points\"\nmodel = \"germany\"\n"
        "[uncertain]\nlock_rate = { uniform = [0.01, 0.08] }\n"
        "aware_p = \"range\"\n"
        "[design]\nmethod = \"list\"\nfile = \"" +
        file.path() + "\"\n";
    Diagnostics diagnostics;
    config::read_experiment_text(experiment, "fuzz.toml", "", {}, fuzz::models(), diagnostics);
  });
}
