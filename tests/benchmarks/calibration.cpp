// What this machine does right now, in units that do not depend on the project: other figures are
// read against it where the clock is noisy.
#include <benchmark/benchmark.h>

#include <cstdint>

namespace {

/// One step of a 64-bit linear congruential generator (Knuth's MMIX constants): a chain of one
/// multiplication and one addition, which no compiler and no vector unit can shorten.
void calibration(benchmark::State& state) {
  constexpr int steps = 1'000'000;
  std::uint64_t x = 1;
  for (auto _ : state) {
    for (int i = 0; i < steps; ++i) x = x * 6364136223846793005u + 1442695040888963407u;
    benchmark::DoNotOptimize(x);
  }
  state.counters["ns_per_step"] = benchmark::Counter(
      1e-9 * steps, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(calibration)->Unit(benchmark::kMillisecond);

}  // namespace
