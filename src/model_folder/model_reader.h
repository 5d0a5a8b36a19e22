// One reader for a model, whether it comes from a folder or stands inside an experiment.
#pragma once

#include <span>
#include <vector>

#include "model_folder/model.h"
#include "toml_reader/quantity.h"
#include "toml_reader/reader.h"

namespace rathaus::model_folder {

/// Whether the parts of a model are files, whose absence is told by whoever looks for them, or
/// tables of an experiment.
enum class ModelForm { folder, inline_table };

/// Reads {parameters, coefficients, use_cases, vendors, series, population} and, where a model has
/// them, {country, programmes}. The model is complete only if no error was reported.
Model read_model_table(toml_reader::Table table, ModelForm form);

// Parts, each in a file of its own.
Origin read_origin(toml_reader::Table& table);
/// A number with its default, range, unit, grade and source.
study::Evidence read_evidence(toml_reader::Table table, std::string name,
                              const toml_reader::Quantity& quantity);
/// Two numbers, the lower first. True if they are there.
bool read_range(toml_reader::Table& table, std::string_view key, double& low, double& high);
/// The unit must be the one that the program counts in.
void require_unit(toml_reader::Table& table, std::string_view unit);

/// One entry for every quantity, in their order, or none at all if there is no table.
std::vector<study::Evidence> read_numbers(const toml_reader::Value& value,
                                          std::span<const toml_reader::Quantity> quantities);
void read_vendors(const toml_reader::Value& value, Model& model);
void read_use_cases(const toml_reader::Value& value, Model& model);  //!< after the vendors
void read_series(const toml_reader::Value& value, Model& model);
void read_recipe(const toml_reader::Value& value, Model& model);
void read_country(const toml_reader::Value& value, Model& model);

}  // namespace rathaus::model_folder
