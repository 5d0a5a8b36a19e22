// One support programme of an experiment, as a row of the model.
#pragma once

#include "model/programmes.h"
#include "model_folder/model.h"
#include "toml_reader/reader.h"

namespace rathaus::model_folder {

/// What a row is read against.
struct ProgrammeContext {
  const Model& model;
  model::CalendarQuarter start;
  std::uint32_t quarters;
  std::vector<study::Mention>& mentions;  //!< classes that rows refer to are added
};

/// Reads a programme, its catalogue row and what a scenario changes laid over each other. Numbers
/// outside the range of their catalogue row are warnings.
model::Programme read_programme(toml_reader::Table row, const std::string& name,
                                const ProgrammeContext& context, const CatalogueRow* kind);

/// A number for all units, or a table with one for each size class or each fiscal class.
std::optional<model::ByClass> read_by_class(const toml_reader::Value& value,
                                            const toml_reader::Quantity& quantity, bool complete);

}  // namespace rathaus::model_folder
