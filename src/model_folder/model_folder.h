// Model folders: models/<name>/ with its six files of numbers, and two that it may have.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "model_folder/model.h"

namespace rathaus::model_folder {

/// Folders that hold installed models; the first that has a name wins.
struct ModelPlaces {
  std::vector<std::string> folders;
};

/// Reads a model by its name ("germany") or by the path of its folder. The model is complete only
/// if `diagnostics` has not failed afterwards.
Model read_model(const std::string& path_or_name, const ModelPlaces& places,
                 Diagnostics& diagnostics);

/// The folder of a model: a word is an installed name before it is a path, a path is relative to
/// `base`. An error at `place` if there is none.
std::optional<std::string> find_model(const std::string& path_or_name, const std::string& base,
                                      const ModelPlaces& places, const Place& place,
                                      Diagnostics& diagnostics);

/// Reads the files of a folder and adds them to `inputs`.
Model read_model_folder(const std::string& folder, Diagnostics& diagnostics,
                        std::vector<study::Input>& inputs);

}  // namespace rathaus::model_folder
