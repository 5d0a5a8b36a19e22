// Worlds for tests: a synthetic population with the numbers of models/germany.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>

#include "config/experiment_file.h"
#include "model/quarter.h"
#include "model/simulate.h"
#include "population/build.h"

namespace rathaus::test {

inline std::filesystem::path source() {
  const char* folder = std::getenv("RATHAUS_SOURCE");
  return folder != nullptr ? folder : ".";
}

/// Nobody runs anything before the first quarter [eq. 72].
inline void start_from_nothing(model::Rules& rules) {
  for (model::UseCase& use : rules.use_cases) use.start_share = 0.0;
}

/// Nothing but single units' own wishes: no IT-provider group offers anything [eq. 73].
inline void offer_nothing(model::Rules& rules) {
  rules.parameters.offer_rate = 0.0;
}

/// A study and its world; `change` edits the rules before the world is made.
struct Germany {
  study::Study study;
  population::Population population;
  std::unique_ptr<model::World> world;

  explicit Germany(int units, std::uint32_t quarters = 80,
                   const std::function<void(model::Rules&)>& change = {},
                   const std::vector<std::string>& groups = {}) {
    const auto file = std::filesystem::temp_directory_path() /
                      ("rathaus_test_" + std::to_string(getpid()) + ".toml");
    std::ofstream(file) << "title = \"test\"\nmodel = \"" << (source() / "models/germany").string()
                        << "\"\ndoubt = \"none\"\n[population]\nunits = " << units
                        << "\n[time]\nquarters = " << quarters << "\n[random]\nseed = 1\n";
    Diagnostics diagnostics;
    study = config::read_experiment(file, {}, {}, diagnostics);
    std::filesystem::remove(file);
    if (change) change(study.rules);
    population = population::build(study.population, study.recipe, random::world_key(study.seed),
                                   diagnostics);
    diagnostics.throw_if_failed();
    world =
        std::make_unique<model::World>(population.municipalities, study.rules, quarters, groups);
  }

  random::Key key(std::uint32_t replicate = 0) const {
    return random::run_key(study.seed, 0, replicate);
  }
};

}  // namespace rathaus::test
