// The catalogue of a model: kinds of support programmes, and what each is assumed to do.
#pragma once

#include <string>
#include <vector>

#include "study/study.h"
#include "toml_reader/reader.h"
#include "toml_reader/toml.h"

namespace rathaus::model_folder {

struct Model;

/// One kind of programme. Its numbers are the strongest assumptions of all, so each has a range, a
/// grade and a source like any parameter.
struct CatalogueRow {
  std::string name;
  std::string title;
  std::size_t field = 0;                 //!< index into model::action_field_names
  std::vector<study::Evidence> numbers;  //!< "ports.aware", …, "unit_cost"

  /// The evidence of a number; none if the row does not know it.
  const study::Evidence* find(std::string_view number) const;
};

/// Reads [`<name>`] rows with title, field, `ports.<port>` and unit_cost.
void read_catalogue(const toml_reader::Value& value, Model& model);

/// The row as a programme's own table would say it: field, ports and unit cost.
toml::table programme_defaults(const CatalogueRow& row);

/// The catalogue as the tables [model.programmes.…] of an experiment.
std::string catalogue_text(const std::vector<CatalogueRow>& rows);

}  // namespace rathaus::model_folder
