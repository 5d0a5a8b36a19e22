// What most commands begin with: the study and its population, or every error of the input.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "experiment/study.h"
#include "population/build.h"

namespace rathaus::commands {

struct Loaded {
  experiment::Study study;
  population::Population population;
};

/// Reads the experiment, its model and its population; prints warnings to standard error unless
/// `quiet` and keeps them in the study. InputError with all errors.
Loaded load(const std::filesystem::path& experiment, const std::vector<std::string>& sets,
            bool quiet = false);

/// The same for an experiment alone, without its population.
experiment::Study load_study(const std::filesystem::path& experiment,
                             const std::vector<std::string>& sets, bool quiet = false);

}  // namespace rathaus::commands
