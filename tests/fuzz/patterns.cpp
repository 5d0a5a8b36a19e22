// What is known of the world: patterns.toml.
#include "config/patterns_file.h"
#include "fuzz.h"

using namespace rathaus;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz::read_anything([&] {
    const fuzz::MemoryFile file(fuzz::text_of(data, size));
    Diagnostics diagnostics;
    config::read_patterns(file.path(), diagnostics);
  });
}
