// Random numbers: how fast a draw is looked up.
#include <benchmark/benchmark.h>

#include "random/draw_table.h"

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

/// The 32 draws of eight use cases that a unit's turn may need.
void draw_table(benchmark::State& state) {
  const random::Key key = random::run_key(1, 0, 0);
  std::uint32_t entity = 0;
  for (auto _ : state) {
    const random::DrawTable draws(key, ++entity, 7, 8);
    benchmark::DoNotOptimize(draws.below(random::Process::launch, 0.25, 0xff));
  }
  state.counters["ns_per_draw"] = benchmark::Counter(
      32e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(draw_table);

}  // namespace
}  // namespace rathaus::bench
