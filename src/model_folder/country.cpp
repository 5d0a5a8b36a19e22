#include "model_folder/country.h"

#include "model_folder/model_reader.h"

namespace rathaus::model_folder {

void read_country(const toml_reader::Value& value, Model& model) {
  std::optional<toml_reader::Table> table = value.table();
  if (!table) return;
  Country& country = model.country;
  country.given = true;
  table->read("start", country.start, &toml_reader::Value::quarter,
              "first quarter of a run that does not say it");
  table->read("prices_of", country.prices_of,
              toml_reader::integer_within(first_price_year, last_price_year),
              "price year of the model's amounts");
  table->read(
      "discount", country.discount,
      [](const toml_reader::Value& rate) { return rate.quantity(discount_rate); },
      discount_rate.meaning);
  model.country_origin = read_origin(*table);
  table->finish();
}

}  // namespace rathaus::model_folder
