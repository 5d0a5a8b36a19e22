// How every file that asks for runs is read: an experiment, or a calibration. They differ in their
// last tables.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "config/draft.h"
#include "diagnostics/diagnostics.h"
#include "model_folder/model_folder.h"
#include "toml_reader/reader.h"

namespace rathaus::config {

/// Reads the tables that say what of all this is run; paths in them are relative to the folder.
using LastTables =
    std::function<void(toml_reader::Table& root, const std::string& folder, Draft& draft)>;

/// `name` stands for the text in messages. InputError with every error found.
study::Study read_study(const std::string& text, const std::string& name, const std::string& folder,
                        const std::vector<std::string>& sets,
                        const model_folder::ModelPlaces& places, const LastTables& last_tables,
                        Diagnostics& diagnostics);

}  // namespace rathaus::config
