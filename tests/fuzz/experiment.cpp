// An experiment, as `rathaus check` reads it.
#include "config/experiment_file.h"
#include "fuzz.h"

using namespace rathaus;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz::read_anything([&] {
    Diagnostics diagnostics;
    config::read_experiment_text(std::string(fuzz::text_of(data, size)), "fuzz.toml", "", {},
                                 fuzz::models(), diagnostics);
  });
}
