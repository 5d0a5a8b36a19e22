// Sixty-four neighbouring units take each step side by side. What a step does to all of them is a
// plain loop over lanes, which compilers turn into vectors; the few to which something happens are
// found as bits and visited one by one.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <new>
#include <span>
#include <vector>

#include "random/draw_rows.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

// A function that g++ compiles for several generations of processors, of which the loader picks the
// best. All of them give the same bits: nothing is contracted, and no sum is reordered but of whole
// numbers. Off under a sanitizer, which must be running before the loader picks, and with clang 16,
// which loses inline functions that only such functions call.
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__clang__) && \
    !defined(RATHAUS_ONE_PROCESSOR)
#define RATHAUS_LANES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#define RATHAUS_ANY_PROCESSOR __attribute__((target("default")))
#define RATHAUS_AVX512 __attribute__((target("arch=x86-64-v4")))
#else
#define RATHAUS_LANES
#define RATHAUS_ANY_PROCESSOR
#endif

namespace rathaus::model {

inline constexpr std::uint32_t batch_units = random::row_entities;

/// Units of a batch: bit l is the l-th.
using Lanes = std::uint64_t;

/// One value for each unit of a batch.
template <class T>
struct alignas(64) PerLane : std::array<T, batch_units> {};

/// Memory that starts where a cache line does.
template <class T>
struct LineAligned {
  using value_type = T;
  static constexpr std::align_val_t line{64};  // [byte]

  LineAligned() = default;
  template <class Other>
  LineAligned(const LineAligned<Other>&) {}

  T* allocate(std::size_t count) {
    return static_cast<T*>(::operator new(count * sizeof(T), line));
  }
  void deallocate(T* at, std::size_t) { ::operator delete(at, line); }

  bool operator==(const LineAligned&) const = default;
};

/// One value for each unit of a run, up to the end of the last batch.
template <class T>
using Column = std::vector<T, LineAligned<T>>;

inline std::uint32_t batch_count(std::uint32_t units) {
  return (units + batch_units - 1) / batch_units;
}

/// Units up to the end of the last batch.
inline std::uint32_t padded(std::uint32_t units) {
  return batch_count(units) * batch_units;
}

/// The lanes that hold 1; the others hold 0.
inline Lanes lanes_of(const PerLane<std::uint8_t>& holds) {
  Lanes lanes = 0;
#ifdef __SSE2__
  for (std::uint32_t first = 0; first < batch_units; first += 16) {
    const __m128i bytes = _mm_load_si128(reinterpret_cast<const __m128i*>(&holds[first]));
    const int bits = _mm_movemask_epi8(_mm_cmpgt_epi8(bytes, _mm_setzero_si128()));
    lanes |= Lanes{static_cast<std::uint32_t>(bits)} << first;
  }
#else
  for (std::uint32_t l = 0; l < batch_units; ++l) lanes |= Lanes{holds[l]} << l;
#endif
  return lanes;
}

/// The lanes for which a predicate holds; it is asked for every lane, in any order.
template <class Predicate>
[[gnu::always_inline]] inline Lanes lanes_where(Predicate holds) {
  PerLane<std::uint8_t> held;
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) held[l] = static_cast<std::uint8_t>(holds(l));
  return lanes_of(held);
}

/// Entries of a table that lanes may look up: one for each vendor.
inline constexpr std::size_t table_entries = 16;

/// found[l] = table[index[l] mod 16] for every lane; `index` points at sixty-four.
RATHAUS_ANY_PROCESSOR void look_up(const std::array<double, table_entries>& table,
                                   const std::uint8_t* index, PerLane<double>& found);
#ifdef RATHAUS_AVX512
RATHAUS_AVX512 void look_up(const std::array<double, table_entries>& table,
                            const std::uint8_t* index, PerLane<double>& found);
#endif

/// Whether a unit is in a set of units, one word for each batch.
inline bool contains(std::span<const Lanes> units, std::uint32_t unit) {
  return (units[unit / batch_units] >> unit % batch_units & 1u) != 0;
}

/// Calls body(lane) for the lanes of a set, ascending.
template <class Body>
void for_each_lane(Lanes lanes, Body body) {
  for (; lanes != 0; lanes &= lanes - 1) body(static_cast<std::uint32_t>(std::countr_zero(lanes)));
}

}  // namespace rathaus::model
