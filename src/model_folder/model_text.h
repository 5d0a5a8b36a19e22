// A model as TOML text.
#pragma once

#include <string>

#include "model_folder/model.h"

namespace rathaus::model_folder {

/// Its parts as the tables [model.…] of an experiment, always in the same order and form. Its
/// SHA-256 names the numbers of a model, wherever they were read.
std::string model_text(const Model& model);

/// A line "name = { default = …, range = …, … }".
std::string evidence_text(const study::Evidence& number);

/// A path as an inline table; a path of one point, which is constant, as its number.
std::string path_text(const Path& path);

}  // namespace rathaus::model_folder
