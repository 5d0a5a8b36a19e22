// Threads inside a run, for large worlds: units in chunks of fixed size, whatever the number of
// threads, so that what a chunk reports never depends on who computed it.
#pragma once

#include <algorithm>

#include "model/state.h"
#include "parallel/parallel.h"

namespace rathaus::model {

/// Small worlds fit a core's cache and run on one thread; studies run many of them side by side.
inline constexpr std::uint32_t chunk_units = 8192;

inline std::uint32_t chunk_count(std::uint32_t units) {
  return (units + chunk_units - 1) / chunk_units;
}

/// Calls body(chunk, first, last) for every chunk of units, in parallel if there are several.
template <class Body>
void for_chunks(std::uint32_t units, Body body) {
  const auto one = [&](std::size_t number) {
    const auto chunk = static_cast<std::uint32_t>(number);
    body(chunk, chunk * chunk_units, std::min(units, (chunk + 1) * chunk_units));
  };
  const std::uint32_t chunks = chunk_count(units);
  if (chunks == 1) return one(0);
  parallel::for_each(chunks, one);
}

/// Calls body(report, first) for every batch of units; the reports of several chunks are joined in
/// unit order.
template <class Body>
void for_batches(const World& world, State& state, Body body) {
  static_assert(chunk_units % batch_units == 0);
  const bool alone = chunk_count(world.units) == 1;
  state.report.clear(world);
  for_chunks(world.units, [&](std::uint32_t chunk, std::uint32_t first, std::uint32_t last) {
    Report& report = alone ? state.report : state.chunk[chunk];
    if (!alone) report.clear(world);
    for (std::uint32_t batch = first; batch < last; batch += batch_units) body(report, batch);
  });
  if (alone) return;
  for (const Report& report : state.chunk) state.report.append(report);
}

}  // namespace rathaus::model
