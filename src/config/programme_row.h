// One support programme of an experiment, as a row of the model.
#pragma once

#include "config/model.h"
#include "config/reader.h"
#include "model/programmes.h"

namespace rathaus::config {

/// What a row is read against.
struct ProgrammeContext {
  const Model& model;
  experiment::CalendarQuarter start;
  std::uint32_t quarters;
  std::vector<experiment::Mention>& mentions;  //!< classes that rows refer to are added
};

/// Reads a programme, its catalogue row and what a scenario changes laid over each other. Numbers
/// outside the range of their catalogue row are warnings.
model::Programme read_programme(Table row, const std::string& name, const ProgrammeContext& context,
                                const CatalogueRow* kind);

/// A number for all units, or a table with one for each size class or each fiscal class.
std::optional<model::ByClass> read_by_class(const Value& value, const Quantity& quantity,
                                            bool complete);

}  // namespace rathaus::config
