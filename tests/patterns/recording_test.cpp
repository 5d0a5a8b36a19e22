// A run is the same to patterns whether it was simulated just now or stands in a result file: every
// variable, bit by bit. Cents that are multiplied here and divided there differ in the last one.
#include "patterns/recording.h"

#include <unistd.h>

#include <bit>
#include <filesystem>

#include "analysis/result_data.h"
#include "catch.h"
#include "config/experiment_file.h"
#include "hdf5/file.h"
#include "model/germany.h"
#include "patterns/catalogue.h"
#include "patterns/file_recording.h"
#include "run/runner.h"

using namespace rathaus;

namespace {

/// Money, energy, mass and counts; a scenario that pays, and classes of every kind.
const std::string experiment = R"(title = "recording"
question = "?"
[population]
units = 150
[time]
quarters = 32
[programme.grant]
from = "pilot_grant"
ports = { grant_pilot = 0.8 }
window = { first = "2022-Q1", length = 20 }
budget = { per_year = 1_234_567.89 }
award = { rule = "fcfs" }
[scenario.none]
baseline = true
[scenario.grant]
programmes = ["grant"]
[output]
groups = ["land", "fiscal_class"]
)";

std::vector<std::uint64_t> bits(const std::vector<double>& values) {
  std::vector<std::uint64_t> all;
  for (const double value : values) all.push_back(std::bit_cast<std::uint64_t>(value));
  return all;
}

}  // namespace

TEST_CASE("what patterns see of a simulated run is what they read from its file, bit by bit") {
  Diagnostics diagnostics;
  const std::string model = "model = \"" + (test::source() / "models/germany").string() + "\"\n";
  study::Study study =
      config::read_experiment_text(model + experiment, "recording.toml", "", {}, {}, diagnostics);
  const population::Population population =
      population::build(study.population, study.recipe, random::world_key(study.seed), diagnostics);
  diagnostics.throw_if_failed();

  const study::Worlds worlds(study, population.municipalities, study::case_at(study, 0));
  const auto runs = study::compute_case(study, worlds, study::case_at(study, 0));
  patterns::CaseRecording simulated(study, worlds, runs);

  run::RunOptions options;
  options.target = std::filesystem::temp_directory_path() /
                   ("rathaus_recording_" + std::to_string(::getpid()) + ".h5");
  options.overwrite = true;
  options.build = {"0", "none", "clean", "test", "test"};
  run::run_study(study, population.municipalities, options);
  {
    const hdf5::File file = hdf5::File::open(options.target);
    const hdf5::Group root = file.root();
    analysis::ResultData data(root);
    patterns::FileRecording stored(data, 0);

    std::size_t compared = 0, with_cents = 0;
    for (const std::string& name : patterns::known_variables())
      for (const char* scenario : {"none", "grant"}) {
        CAPTURE(name, scenario);
        const patterns::Recorded* here = simulated.find(scenario, name);
        const patterns::Recorded* there = stored.find(scenario, name);
        CHECK((here == nullptr) == (there == nullptr));
        if (here == nullptr || there == nullptr) continue;
        REQUIRE(here->axes.size() == there->axes.size());
        for (std::size_t a = 0; a < here->axes.size(); ++a) {
          CHECK(here->axes[a].name == there->axes[a].name);
          CHECK(here->axes[a].length == there->axes[a].length);
          CHECK(here->axes[a].labels == there->axes[a].labels);
        }
        CHECK(bits(here->values) == bits(there->values));
        ++compared;
        // values that a factor of 0.01 instead of a quotient would change
        for (const double value : here->values) {
          const double cents = std::round(value * 100.0);
          with_cents +=
              std::abs(cents) < 1e15 && cents * 0.01 != cents / 100.0 && value == cents / 100.0;
        }
      }
    CHECK(compared > 100);
    CHECK(with_cents > 100);
  }
  std::filesystem::remove(options.target);
}
