// The unit of work: one municipality x one use case x one quarter, all submodels included.
#include <benchmark/benchmark.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include "benchmarks/worlds.h"

namespace rathaus::bench {
namespace {

using benchmark::Counter;

void count_cell_steps(benchmark::State& state, double cell_steps) {
  state.counters["ns_per_cell_step"] =
      Counter(1e-9 * cell_steps, Counter::kIsIterationInvariantRate | Counter::kInvert);
}

/// Whole runs of the default model. The mix of stages at the end shows that the world was busy.
void one_run(benchmark::State& state) {
  const auto units = static_cast<int>(state.range(0));
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(state.range(1)));
  const test::Germany& germany = bench::germany(units);
  std::uint32_t replicate = 0;
  std::vector<std::uint32_t> services;
  for (auto _ : state) {
    const model::Outcome outcome = simulate(*germany.world, germany.key(replicate++));
    services.assign(outcome.services.end() - germany.world->use_cases * 5, outcome.services.end());
  }
  count_cell_steps(state, cell_steps(*germany.world));
  for (std::size_t stage = 0; stage < model::stage_names.size(); ++stage) {
    double cells = 0.0;
    for (std::size_t u = 0; u < germany.world->use_cases; ++u) cells += services[u * 5 + stage];
    state.counters[std::string("end_") + model::stage_names[stage]] =
        cells / (static_cast<double>(germany.world->units) * germany.world->use_cases);
  }
}
BENCHMARK(one_run)
    ->ArgNames({"units", "threads"})
    ->ArgsProduct({{1000, administrations, 10786}, {1}})
    ->ArgsProduct({{100'000}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(one_run)
    ->ArgNames({"units", "threads"})
    ->ArgsProduct({{1'000'000}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Iterations(1)  // a minute each
    ->Repetitions(1);

/// Eight runs side by side, as a study computes them.
void runs_in_parallel(benchmark::State& state) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(state.range(0)));
  constexpr std::uint32_t runs = 8;
  const test::Germany& germany = bench::germany(administrations);
  for (auto _ : state)
    tbb::parallel_for(0u, runs, [&](std::uint32_t replicate) {
      benchmark::DoNotOptimize(simulate(*germany.world, germany.key(replicate)));
    });
  count_cell_steps(state, runs * cell_steps(*germany.world));
}
BENCHMARK(runs_in_parallel)
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace rathaus::bench
