// The tables of an experiment file, one function each. What a table does not say stays as the draft
// has it; what is wrong is reported.
#pragma once

#include "config/draft.h"
#include "model_folder/model_folder.h"
#include "toml_reader/reader.h"

namespace rathaus::config {

// The model, and what an experiment changes in it. The model comes first.
void read_model_choice(toml_reader::Table& root, const std::string& folder,
                       const model_folder::ModelPlaces& places, Draft& draft);
void read_parameters(toml_reader::Table& root, Draft& draft);
void read_coefficients(toml_reader::Table& root, Draft& draft);
void read_structure(toml_reader::Table& root, Draft& draft);
void read_series_choices(toml_reader::Table& root, Draft& draft);  // after the time

/// The name of a variable over quarters or of a ratio: what may be judged.
std::optional<std::string> indicator_word(const toml_reader::Value& value);

// Who is simulated. Paths of the file are relative to `folder`.
/// An error where worlds that are drawn anew would not have the same units; a warning, and none is
/// drawn, where the population is read. `asked`: the value that asks for them.
void check_redraw(const toml_reader::Value& asked, Draft& draft);
void read_population(toml_reader::Table& root, const std::string& folder, Draft& draft);

// When, how often, and what is written down.
void read_time(toml_reader::Table& root, Draft& draft);
void read_money(toml_reader::Table& root, Draft& draft);
void read_replicates(toml_reader::Table& root, Draft& draft);
void read_random(toml_reader::Table& root, Draft& draft);
void read_output(toml_reader::Table& root, Draft& draft);  // after the replicates

// Policies and what they are to reach; after the model, the time and the output.
void read_scenarios(toml_reader::Table& root, Draft& draft);
void read_targets(toml_reader::Table& root, Draft& draft);
void read_question(toml_reader::Table& root, Draft& draft);

// What is not known, and rival theories; after all else.
void read_uncertain(toml_reader::Table& root, const std::string& folder, Draft& draft);
void read_design(toml_reader::Table& root, const std::string& folder,
                 Draft& draft);  // reads it first
void read_alternatives(toml_reader::Table& root, Draft& draft);
void read_doubt(toml_reader::Table& root,
                Draft& draft);  // where [design] and [alternatives] do not
void ask_for_design(const toml_reader::Value& uncertain);
/// Whether [uncertain] stands alone, so that its numbers come on top of what the model ships.
bool adds_to_shipped_doubt(toml_reader::Table& root, const Draft& draft);

}  // namespace rathaus::config
