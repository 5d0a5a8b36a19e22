// What most commands begin with: the study and its population, or every error of the input.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "calibration/request.h"
#include "hdf5/file.h"
#include "population/build.h"
#include "study/study.h"

namespace rathaus::commands {

struct Loaded {
  study::Study study;
  population::Population population;
};

/// Reads the experiment, its model and its population; prints warnings to standard error unless
/// `quiet` and keeps them in the study. InputError with all errors.
Loaded load(const std::filesystem::path& experiment, const std::vector<std::string>& sets,
            bool quiet = false);

/// The same for a text in memory; `name` stands for its file.
Loaded load_text(const std::string& text, const std::string& name,
                 const std::vector<std::string>& sets, bool quiet = false);

/// Of the study, as its results and logs bear it: of all that decides its numbers.
std::string fingerprint_of(const Loaded& loaded);

/// The same for an experiment alone, without its population.
study::Study load_study(const std::filesystem::path& experiment,
                        const std::vector<std::string>& sets, bool quiet = false);

/// A calibration with its population.
struct LoadedCalibration {
  Loaded loaded;
  calibration::Request request;
};
LoadedCalibration load_calibration(const std::filesystem::path& path,
                                   const std::vector<std::string>& sets, bool quiet = false);

/// InputError if `source`, a file or the name of a model, can only be a file and is not there.
void require_file_if_named(const std::filesystem::path& source);

/// Whether a file begins as HDF5 files do.
bool is_hdf5(const std::filesystem::path& path);

/// The result of a study; InputError if the file is none, or holds a posterior.
hdf5::File open_result(const std::filesystem::path& path);

}  // namespace rathaus::commands
