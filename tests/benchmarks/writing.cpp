// A study of full Germany through the runner, from its cases to the renamed result file: what share
// of the time is not simulation.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "benchmarks/worlds.h"
#include "run/runner.h"

namespace rathaus::bench {
namespace {

constexpr std::uint32_t replicates = 40;  // as the first look

study::Study germany_study() {
  study::Study study = germany(administrations).study;
  study.replicates = replicates;
  return study;
}

void count(benchmark::State& state) {
  state.counters["ns_per_cell_step"] = benchmark::Counter(
      1e-9 * replicates * cell_steps(*germany(administrations).world),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void study_with_file(benchmark::State& state) {
  const study::Study study = germany_study();
  run::RunOptions options;
  options.target = std::filesystem::temp_directory_path() / "rathaus_benchmark.h5";
  options.overwrite = true;
  options.threads = 1;
  for (auto _ : state)
    run_study(study, germany(administrations).population.municipalities, options);
  std::filesystem::remove(options.target);
  count(state);
}
BENCHMARK(study_with_file)->Unit(benchmark::kMillisecond)->UseRealTime();

void study_runs_alone(benchmark::State& state) {
  const study::Study study = germany_study();
  for (auto _ : state) {
    const model::World world(germany(administrations).population.municipalities, study.rules,
                             study.quarters);
    for (std::uint32_t r = 0; r < replicates; ++r)
      benchmark::DoNotOptimize(simulate(world, germany(administrations).key(r)));
  }
  count(state);
}
BENCHMARK(study_runs_alone)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace rathaus::bench
