// The experiment file: TOML in, a typed study out, or every error of all files at once.
#pragma once

#include <string>
#include <vector>

#include "config/defaults.h"
#include "diagnostics/diagnostics.h"
#include "model_folder/model_folder.h"
#include "study/study.h"

namespace rathaus::config {

/// Reads an experiment, changed by `sets` (KEY=VALUE each), with its model and the hashes of its
/// files. InputError with every error found; warnings go to `diagnostics` and into the study.
study::Study read_experiment(const std::string& path, const std::vector<std::string>& sets,
                             const model_folder::ModelPlaces& places, Diagnostics& diagnostics);

/// The same for an experiment as a text in memory. `name` stands for the file in messages, `folder`
/// is what its paths are relative to.
study::Study read_experiment_text(const std::string& text, const std::string& name,
                                  const std::string& folder, const std::vector<std::string>& sets,
                                  const model_folder::ModelPlaces& places,
                                  Diagnostics& diagnostics);

}  // namespace rathaus::config
