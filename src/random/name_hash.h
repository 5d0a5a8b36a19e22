// What is known by its name has its luck by it.
#pragma once

#include <cstdint>
#include <string_view>

namespace rathaus::random {

/// FNV-1a, 32 bit (Fowler, Noll and Vo): luck hangs on a name, not on its place in a list.
constexpr std::uint32_t name_hash(std::string_view name) {
  std::uint32_t hash = 2166136261u;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

}  // namespace rathaus::random
