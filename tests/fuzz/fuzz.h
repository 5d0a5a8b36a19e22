// What the fuzzers share: bytes become a file, and whatever is thrown must be of a kind that is
// told.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

#include "diagnostics/diagnostics.h"
#include "files/file_error.h"
#include "model_folder/model_folder.h"

/// Called by libFuzzer, or by replay.cpp with an input that was kept.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace rathaus::fuzz {

/// A file in memory that has a path.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : file_(::memfd_create("input", MFD_CLOEXEC)) {
    for (std::size_t done = 0; done < bytes.size();) {
      const auto count = ::write(file_, bytes.data() + done, bytes.size() - done);
      if (count <= 0) std::abort();
      done += static_cast<std::size_t>(count);
    }
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { ::close(file_); }

  std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

 private:
  int file_;
};

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// The models of the source tree, which RATHAUS_SOURCE names.
inline model_folder::ModelPlaces models() {
  const char* source = std::getenv("RATHAUS_SOURCE");
  return {{std::string(source == nullptr ? "." : source) + "/models"}};
}

/// Reads; wrong input and bad files are what it is for, anything else is a finding.
template <class Read>
int read_anything(Read read) {
  try {
    read();
  } catch (const InputError&) {
  } catch (const files::FileError&) {
  }
  return 0;
}

}  // namespace rathaus::fuzz
