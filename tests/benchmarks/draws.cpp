// Random numbers: how fast a draw is looked up.
#include <benchmark/benchmark.h>

#include <numeric>

#include "random/draw_rows.h"

namespace rathaus::bench {
namespace {

/// Four 32-bit draws of one entity.
void draw_block(benchmark::State& state) {
  const random::Key key = random::run_key(1, 0, 0);
  std::uint32_t entity = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(block(key, random::Process::launch, ++entity, 0, 7));
  state.counters["ns_per_draw"] = benchmark::Counter(
      4e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(draw_block);

/// Eight draws each of sixty-four units, as a step asks for them.
void draw_rows(benchmark::State& state) {
  const random::Key key = random::run_key(1, 0, 0);
  std::array<std::uint32_t, random::row_entities> entities;
  std::iota(entities.begin(), entities.end(), 0u);
  std::uint32_t quarter = 0;
  for (auto _ : state) {
    random::DrawRows draws(key, random::Process::launch, entities.data(), ++quarter);
    for (const std::uint32_t sub : {0u, 4u}) benchmark::DoNotOptimize(draws(sub));
  }
  state.counters["ns_per_draw"] = benchmark::Counter(
      8e-9 * random::row_entities,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(draw_rows);

}  // namespace
}  // namespace rathaus::bench
