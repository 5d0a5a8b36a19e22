// Whole vectors for [uncertain] ensemble, from a CSV.
#include <fstream>
#include <memory>

#include "config/experiment_file.h"
#include "fuzz.h"

using namespace rathaus;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz::read_anything([&] {
    // told from a posterior by its name, so that it needs one
    const std::string path = "/dev/shm/rathaus-fuzz-" + std::to_string(::getpid()) + ".csv";
    std::ofstream(path, std::ios::binary) << fuzz::text_of(data, size);
    const std::string experiment =
        "title = \"ensemble\"\nmodel = \"germany\"\n"
        "[uncertain]\nensemble = \"" +
        path +
        "\"\n"
        "[design]\nmethod = \"latin_hypercube\"\npoints = 4\n";
    Diagnostics diagnostics;
    const auto remove = [](const std::string* name) { ::unlink(name->c_str()); };
    const std::unique_ptr<const std::string, decltype(remove)> gone(&path, remove);
    config::read_experiment_text(experiment, "fuzz.toml", "", {}, fuzz::models(), diagnostics);
  });
}
