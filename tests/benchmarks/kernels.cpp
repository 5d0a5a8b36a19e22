// The steps of a quarter, each alone, in the default world after ten years.
#include <benchmark/benchmark.h>

#include "benchmarks/worlds.h"
#include "model/batch.h"

namespace rathaus::bench {
namespace {

using model::Batch;
using model::State;
using model::World;

/// The world of administrations and its state after ten years; steps start from copies of it.
struct Moment {
  const test::Germany& germany = bench::germany(administrations);
  const random::Key key = germany.key();
  State state{*germany.world, key};

  Moment() {
    while (state.quarter < 40) advance(*germany.world, key, state);
  }
};

const Moment& moment() {
  static const Moment made;
  return made;
}

void count(benchmark::State& bench, const World& world) {
  bench.counters["ns_per_cell_step"] = benchmark::Counter(
      1e-9 * world.units * world.use_cases,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

/// A step of all units' turns.
void step(benchmark::State& bench, void (*kernel)(Batch&)) {
  const World& world = *moment().germany.world;
  for (auto _ : bench) {
    bench.PauseTiming();
    State state = moment().state;
    state.report.clear(world);
    bench.ResumeTiming();
    for (std::uint32_t first = 0; first < world.units; first += model::batch_units) {
      Batch batch(world, moment().key, state, state.report, first);
      kernel(batch);
    }
  }
  count(bench, world);
}
BENCHMARK_CAPTURE(step, produce_effects, model::produce_effects);
BENCHMARK_CAPTURE(step, update_staff, model::update_staff);
BENCHMARK_CAPTURE(step, update_data, model::update_data);
BENCHMARK_CAPTURE(step, update_trust, model::update_trust);
BENCHMARK_CAPTURE(step, join_cooperation, model::join_cooperation);
BENCHMARK_CAPTURE(step, advance_cells, model::advance_cells);
BENCHMARK_CAPTURE(step, become_aware, model::become_aware);
BENCHMARK_CAPTURE(step, form_intentions, model::form_intentions);

/// A step of the quarter outside the turns.
template <class Kernel>
void field(benchmark::State& bench, Kernel kernel) {
  const World& world = *moment().germany.world;
  for (auto _ : bench) {
    bench.PauseTiming();
    State state = moment().state;
    bench.ResumeTiming();
    kernel(world, state);
  }
  count(bench, world);
}
BENCHMARK_CAPTURE(field, update_scale, [](const World& w, State& s) { update_scale(w, s); });
BENCHMARK_CAPTURE(field, update_region_data,
                  [](const World& w, State& s) { update_region_data(w, s); });
BENCHMARK_CAPTURE(field, observe, [](const World& w, State& s) { observe(w, s); });
BENCHMARK_CAPTURE(field, whole_quarter,
                  [](const World& w, State& s) { advance(w, moment().key, s); });

}  // namespace
}  // namespace rathaus::bench
