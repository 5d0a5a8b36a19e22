// Threads inside a run, for large worlds: units in chunks of fixed size, whatever the number of
// threads, so that what a chunk reports never depends on who computed it.
#pragma once

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>

#include "model/state.h"

namespace rathaus::model {

/// Small worlds fit a core's cache and run on one thread; studies run many of them side by side.
inline constexpr std::uint32_t chunk_units = 8192;

inline std::uint32_t chunk_count(std::uint32_t units) {
  return (units + chunk_units - 1) / chunk_units;
}

/// Calls body(chunk, first, last) for every chunk of units, in parallel if there are several.
template <class Body>
void for_chunks(std::uint32_t units, Body body) {
  const auto one = [&](std::uint32_t chunk) {
    body(chunk, chunk * chunk_units, std::min(units, (chunk + 1) * chunk_units));
  };
  const std::uint32_t chunks = chunk_count(units);
  if (chunks == 1) return one(0);
  // isolated: a thread that waits here must not pick up another run
  tbb::this_task_arena::isolate([&] { tbb::parallel_for(std::uint32_t{0}, chunks, one); });
}

/// Calls body(report, first, last) for up to `group_units` neighbouring units at a time; the
/// chunks' reports are joined in unit order.
template <std::uint32_t group_units, class Body>
void for_groups(const World& world, State& state, Body body) {
  for_chunks(world.units, [&](std::uint32_t chunk, std::uint32_t first, std::uint32_t last) {
    Report& report = state.chunk[chunk];
    report.clear(world);
    for (std::uint32_t group = first; group < last; group += group_units)
      body(report, group, std::min(last, group + group_units));
  });
  state.report.clear(world);
  for (const Report& report : state.chunk) state.report.append(report);
}

}  // namespace rathaus::model
