// The tables of an experiment file, one function each. What a table does not say stays as the draft
// has it; what is wrong is reported.
#pragma once

#include <filesystem>

#include "config/draft.h"
#include "config/model_folder.h"
#include "config/reader.h"

namespace rathaus::config {

// The model, and what an experiment changes in it. The model comes first.
void read_model_choice(Table& root, const std::filesystem::path& folder, const ModelPlaces& places,
                       Draft& draft);
void read_parameters(Table& root, Draft& draft);
void read_coefficients(Table& root, Draft& draft);
void read_structure(Table& root, Draft& draft);
void read_series_choices(Table& root, Draft& draft);  // after the time

/// The name of an indicator over size classes.
std::optional<std::string> indicator_word(const Value& value);

// Who is simulated. Paths of the file are relative to `folder`.
void read_population(Table& root, const std::filesystem::path& folder, Draft& draft);

// When, how often, and what is written down.
void read_time(Table& root, Draft& draft);
void read_money(Table& root, Draft& draft);
void read_replicates(Table& root, Draft& draft);
void read_random(Table& root, Draft& draft);
void read_output(Table& root, Draft& draft);  // after the replicates

// Policies and what they are to reach; after the model, the time and the output.
void read_scenarios(Table& root, Draft& draft);
void read_targets(Table& root, Draft& draft);

// What is not known, and rival theories; after all else.
void read_uncertain(Table& root, const std::filesystem::path& folder, Draft& draft);
void read_design(Table& root, const std::filesystem::path& folder, Draft& draft);  // reads it first
void read_alternatives(Table& root, Draft& draft);
void read_calibration(Table& root, const std::filesystem::path& folder,
                      Draft& draft);  // in place of a design; reads what is uncertain first
void refuse_calibration(Table& root);

}  // namespace rathaus::config
