// One reader for a model, whether it comes from a folder or stands inside an experiment.
#pragma once

#include <span>
#include <vector>

#include "config/model.h"
#include "config/quantity.h"
#include "config/reader.h"

namespace rathaus::config {

/// Whether the parts of a model are files, whose absence is told by whoever looks for them, or
/// tables of an experiment.
enum class ModelForm { folder, inline_table };

/// Reads {parameters, coefficients, use_cases, vendors, series, population} and, where a model has
/// them, {programmes}. The model is complete
/// only if no error was reported.
Model read_model_table(Table table, ModelForm form);

// Parts, each in a file of its own.
Origin read_origin(Table& table);
/// A number with its default, range, unit, grade and source.
experiment::Evidence read_evidence(Table table, std::string name, const Quantity& quantity);
/// Two numbers, the lower first. True if they are there.
bool read_range(Table& table, std::string_view key, double& low, double& high);
/// The unit must be the one that the program counts in.
void require_unit(Table& table, std::string_view unit);

/// One entry for every quantity, in their order, or none at all if there is no table.
std::vector<experiment::Evidence> read_numbers(const Value& value,
                                               std::span<const Quantity> quantities);
void read_use_cases(const Value& value, Model& model);
void read_vendors(const Value& value, Model& model);
void read_series(const Value& value, Model& model);
void read_recipe(const Value& value, Model& model);

}  // namespace rathaus::config
