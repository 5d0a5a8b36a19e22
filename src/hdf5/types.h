// The kinds of values a result file holds. Never bool, unsigned, compound or fixed-length text:
// netCDF readers drop those silently, round them or crash on them.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rathaus::hdf5 {

enum class Type { int8, int16, int32, int64, float32, float64, text };

template <class T, class... Others>
concept OneOf = (std::same_as<T, Others> || ...);

template <class T>
concept Number = OneOf<T, std::int8_t, std::int16_t, std::int32_t, std::int64_t, float, double>;

/// A number, or text as UTF-8 of any length.
template <class T>
concept Value = Number<T> || std::same_as<T, std::string>;

template <Value T>
constexpr Type type_of() {
  if constexpr (std::same_as<T, std::int8_t>) return Type::int8;
  if constexpr (std::same_as<T, std::int16_t>) return Type::int16;
  if constexpr (std::same_as<T, std::int32_t>) return Type::int32;
  if constexpr (std::same_as<T, std::int64_t>) return Type::int64;
  if constexpr (std::same_as<T, float>) return Type::float32;
  if constexpr (std::same_as<T, double>) return Type::float64;
  return Type::text;
}

/// Bytes of one value in the file; of text, the reference to where it lies.
constexpr std::size_t bytes_of(Type type) {
  constexpr std::size_t bytes[] = {1, 2, 4, 8, 4, 8, 16};
  return bytes[static_cast<std::size_t>(type)];
}

constexpr std::string_view name_of(Type type) {
  constexpr std::string_view names[] = {"int8",    "int16",   "int32", "int64",
                                        "float32", "float64", "text"};
  return names[static_cast<std::size_t>(type)];
}

}  // namespace rathaus::hdf5
