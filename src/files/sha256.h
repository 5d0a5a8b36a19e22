// SHA-256 (FIPS 180-4), by which results name the inputs they came from. Ours, since the engine
// (rathaus_engine) links no library.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace rathaus::files {

/// Takes bytes in any number of pieces.
class Sha256 {
 public:
  using Block = std::array<std::byte, 64>;

  void update(std::span<const std::byte> bytes);
  void update(std::string_view text) { update(std::as_bytes(std::span(text))); }

  /// 64 lowercase hexadecimal digits. Ends the sum: nothing can be added after it.
  std::string hex();

 private:
  /// First 32 bits of the fractional parts of the square roots of the first 8 primes [5.3.3].
  std::array<std::uint32_t, 8> hash_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                     0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  Block block_{};
  std::uint64_t bytes_ = 0;  //!< taken so far; the last bytes_ % 64 of them stand in block_
};

std::string sha256_of(std::string_view text);

/// Of a file's bytes, as `sha256sum` prints it. InputError if it cannot be read.
std::string sha256_of_file(const std::string& path);

}  // namespace rathaus::files
