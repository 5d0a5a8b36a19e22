// A population file and the network over its places.
#include "fuzz.h"
#include "population/build.h"

using namespace rathaus;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz::read_anything([&] {
    const fuzz::MemoryFile file(fuzz::text_of(data, size));
    population::Request request;
    request.file = file.path();
    Diagnostics diagnostics;
    population::build(request, {}, rathaus::random::world_key(1), diagnostics);
  });
}
