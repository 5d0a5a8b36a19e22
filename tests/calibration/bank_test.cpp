// Simulation-based calibration of the whole way from a file to a posterior: priors, simulation,
// patterns and distance, on a small world of Bass diffusion. One bank of simulations serves all
// truths: its members within the tolerance of an observation are the posterior by rejection, which
// is the first thing that ABC-SMC does (the rest of it: sampler_test.cpp).
#include <tbb/parallel_for.h>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <limits>

#include "calibration/ranks.h"
#include "calibration/simulator.h"
#include "catch.h"
#include "config/calibration_file.h"
#include "model/germany.h"
#include "population/build.h"

using namespace rathaus;
using namespace rathaus::calibration;

namespace {

constexpr const char* patterns_text = R"(
[[pattern]]
id = "early"
title = "share after 5 quarters"
role = "calibration"
grade = "D"
source = "synthetic"
statistic = "ratio"
of = { sum = "adopters", per = "units" }
quarter = "2022-Q1"
target = 0.5
tolerance = 0.06
[[pattern]]
id = "late"
title = "share after 14 quarters"
role = "calibration"
grade = "D"
source = "synthetic"
statistic = "ratio"
of = { sum = "adopters", per = "units" }
quarter = "2024-Q2"
target = 0.5
tolerance = 0.06
)";

constexpr const char* calibration_text = R"(
[population]
units = 60
[time]
quarters = 14
[structure]
decision_rule = "bass"
funnel = "collapsed"
feasibility = false
vendor_capacity = false
peer_set = "global"
[uncertain]
aware_p = { log_uniform = [0.01, 0.1] }
aware_q = { uniform = [0.0, 0.5] }
lock_rate = { triangular = [0, 0.05, 0.2] }
[calibration]
patterns = "patterns.toml"
)";

struct World {
  config::Calibration calibration;
  population::Population population;

  World() {
    const auto folder =
        std::filesystem::temp_directory_path() / ("rathaus_bank_" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "patterns.toml") << patterns_text;
    std::ofstream(folder / "c.toml")
        << "title = \"bank\"\nmodel = \""
        << (test::source() / "models/verification/one_service").string() << "\"\n"
        << calibration_text;
    Diagnostics diagnostics;
    calibration = config::read_calibration(folder / "c.toml", {}, {}, diagnostics);
    std::filesystem::remove_all(folder);
    population = population::build(calibration.study.population, calibration.study.recipe,
                                   random::world_key(1), diagnostics);
    diagnostics.throw_if_failed();
  }
};

struct Member {
  std::vector<double> place;
  Simulated simulated;
};

double uniform(std::uint64_t number, std::uint32_t sub) {
  return random::uniform(random::world_key(99), random::Process::proposal,
                         static_cast<std::uint32_t>(number), sub, 0);
}

std::vector<Member> bank_of(const Simulator& simulator, std::size_t first, std::size_t count) {
  std::vector<Member> bank(count);
  std::vector<std::vector<double>> values;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::uint32_t k = 0; k < 3; ++k) bank[i].place.push_back(uniform(first + i, k));
    values.push_back(*simulator.values(bank[i].place));
  }
  tbb::parallel_for(std::size_t{0}, count, [&](std::size_t i) {
    bank[i].simulated =
        simulator.simulate(first + i, values[i], std::numeric_limits<double>::infinity());
  });
  return bank;
}

/// Ranks of all truths for each number. `kernel`: what the observation goes through, in tolerances.
std::array<test::Ranks, 3> ranks_of(const std::vector<Member>& truths,
                                    const std::vector<Member>& bank,
                                    std::vector<patterns::Pattern> patterns, double kernel) {
  std::array<test::Ranks, 3> ranks;
  for (std::size_t t = 0; t < truths.size(); ++t) {
    for (std::uint32_t p = 0; p < 2; ++p) {
      patterns::Criterion& c = patterns[p].criterion;
      constexpr double tolerance = 0.06;
      const double shift = kernel * tolerance * (2.0 * uniform(t, 8 + p) - 1.0);
      c.target = truths[t].simulated.statistic[p] + shift;
      c.low = *c.target - tolerance;
      c.high = *c.target + tolerance;
    }
    std::array<std::vector<double>, 3> accepted;
    for (const Member& member : bank) {
      double distance = 0.0;
      for (std::size_t p = 0; p < 2; ++p)
        distance =
            std::max(distance, patterns[p].criterion.distance(member.simulated.statistic[p]));
      if (distance > 1.0) continue;
      for (std::size_t k = 0; k < 3; ++k) accepted[k].push_back(member.place[k]);
    }
    for (std::uint32_t k = 0; k < 3; ++k) {
      const std::vector<double> equal(accepted[k].size(), 1.0);
      ranks[k].add(test::rank_of(truths[t].place[k], accepted[k], equal, uniform(t, 12 + k)));
    }
  }
  return ranks;
}

}  // namespace

TEST_CASE("ranks of truths in their posteriors are uniform, from file to posterior") {
  const World world;
  const Simulator simulator(world.calibration.study, world.population.municipalities,
                            world.calibration.request.patterns);
  const std::uint32_t count = test::asked("RATHAUS_SBC_TRUTHS", 400);
  const std::uint32_t size = test::asked("RATHAUS_SBC_BANK", 8000);
  const auto truths = bank_of(simulator, 0, count), bank = bank_of(simulator, count, size);
  const auto& patterns = world.calibration.request.patterns;
  const auto ranks = ranks_of(truths, bank, patterns, 1.0);
  const auto wrong =
      ranks_of(truths, bank, patterns, 3.0);  // accepted within less than it went through
  std::printf(
      "model: %u truths, bank of %u, chi-square %.1f %.1f %.1f (limit %.2f); through a wider "
      "kernel than accepted %.1f %.1f\n",
      count, size, ranks[0].chi_square(), ranks[1].chi_square(), ranks[2].chi_square(),
      test::chi_square_limit, wrong[0].chi_square(), wrong[1].chi_square());
  for (const test::Ranks& one : ranks) CHECK(one.chi_square() < test::chi_square_limit);
  CHECK(wrong[0].chi_square() > test::chi_square_limit);
  CHECK(wrong[1].chi_square() > test::chi_square_limit);
}

TEST_CASE("what early patterns rule out is cut short, and nothing else changes") {
  const World world;
  const Simulator simulator(world.calibration.study, world.population.municipalities,
                            world.calibration.request.patterns);
  constexpr double endless = std::numeric_limits<double>::infinity(), tolerance = 4.0;
  std::size_t accepted = 0, cut = 0;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    std::vector<double> place;
    for (std::uint32_t k = 0; k < 3; ++k) place.push_back(uniform(i, k));
    const std::vector<double> values = *simulator.values(place);
    const Simulated whole = simulator.simulate(i, values, endless);
    const Simulated quick = simulator.simulate(i, values, tolerance);
    CHECK((quick.distance <= tolerance) == (whole.distance <= tolerance));
    if (quick.statistic.empty()) {
      ++cut;
      continue;
    }
    CHECK(quick.statistic == whole.statistic);
    CHECK(quick.distance == whole.distance);
    accepted += quick.distance <= tolerance;
  }
  CHECK(cut > 50);
  CHECK(accepted > 30);
}
