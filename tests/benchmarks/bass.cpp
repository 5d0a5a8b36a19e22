// The Bass case (ODD V1: one use case, imitation of everybody, no constraints) through the whole
// model, beside a loop written by hand that makes the same draws and nothing else.
#include <benchmark/benchmark.h>

#include "benchmarks/worlds.h"

namespace rathaus::bench {
namespace {

constexpr int units = 10'000;

/// The rules of models/verification/bass on the German world with its first use case alone.
const test::Germany& bass_world() {
  static const test::Germany made(units, 80, [](model::Rules& rules) {
    rules.use_cases.resize(1);
    rules.structure.decision_rule = model::DecisionRule::bass;
    rules.structure.funnel = model::Funnel::collapsed;
    rules.structure.peer_set = model::PeerSet::global;
    rules.structure.vendor_choice = model::VendorChoice::uniform;
    rules.structure.feasibility = rules.structure.vendor_capacity = false;
    rules.parameters.aware_p = 0.01;
    rules.parameters.aware_q = 0.1;
  });
  return made;
}

void count(benchmark::State& state) {
  state.counters["ns_per_cell_step"] =
      benchmark::Counter(1e-9 * units * 80, benchmark::Counter::kIsIterationInvariantRate |
                                                benchmark::Counter::kInvert);
}

void bass_model(benchmark::State& state) {
  const test::Germany& germany = bass_world();
  std::uint32_t replicate = 0;
  for (auto _ : state) benchmark::DoNotOptimize(simulate(*germany.world, germany.key(replicate++)));
  count(state);
}
BENCHMARK(bass_model)->Unit(benchmark::kMillisecond);

void bass_by_hand(benchmark::State& state) {
  const test::Germany& germany = bass_world();
  std::uint32_t replicate = 0;
  for (auto _ : state) {
    const random::Key key = germany.key(replicate++);
    std::vector<std::uint8_t> adopted(units, 0);
    int adopters = 0;
    for (std::uint32_t quarter = 0; quarter < 80; ++quarter) {
      const double chance = 0.01 + 0.1 * adopters / units;
      int joined = 0;
      for (std::uint32_t i = 0; i < units; ++i) {
        if (adopted[i]) continue;
        if (random::uniform(key, random::Process::launch, i, 0, quarter) >= chance) continue;
        adopted[i] = 1;
        ++joined;
      }
      adopters += joined;
    }
    benchmark::DoNotOptimize(adopters);
  }
  count(state);
}
BENCHMARK(bass_by_hand)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace rathaus::bench
