// What a study of a country starts from where its experiment says nothing else: the content of
// models/<name>/country.toml.
#pragma once

#include <cstdint>

#include "model/calendar_quarter.h"
#include "toml_reader/quantity.h"

namespace rathaus::model_folder {

/// The values stand where a model has no such file, as they did before there was one.
struct Country {
  model::CalendarQuarter start{2021, 1};  //!< first quarter of a run
  std::int32_t prices_of = 2025;          //!< price year, a label of results
  double discount = 0.015;                //!< [1/year]
  bool given = false;                     //!< the model has the file
};

// Hard bounds, for models and experiments.
inline constexpr std::int32_t first_price_year = 1900, last_price_year = 2199;
inline constexpr toml_reader::Quantity discount_rate{
    "discount", "1/year", 0, 1, false, "rate at which the future counts less"};

}  // namespace rathaus::model_folder
