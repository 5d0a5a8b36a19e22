#include "model_folder/catalogue.h"

#include <fmt/format.h>

#include <algorithm>

#include "model/programmes.h"
#include "model_folder/model_reader.h"
#include "model_folder/model_text.h"
#include "toml_reader/toml_text.h"

namespace rathaus::model_folder {
namespace {

constexpr toml_reader::Quantity unit_cost{"unit_cost", "EUR/quarter", 0,
                                          1e12,        false,         "cost of one supported unit"};

toml_reader::Quantity gain_of(const model::PortInfo& port) {
  return {port.name, port.unit, 0, port.highest, false, port.meaning};
}

void read_row(toml_reader::Table table, CatalogueRow& row) {
  table.read("title", row.title, &toml_reader::Value::filled_text,
             "what the programme is, for readers");
  table.read(
      "field", row.field,
      [](const toml_reader::Value& value) { return value.word(model::action_field_names); },
      "the study's field of action that it belongs to");
  const auto number = [&](const toml_reader::Value& value, const std::string& name,
                          const toml_reader::Quantity& quantity) {
    if (std::optional<toml_reader::Table> evidence = value.table())
      row.numbers.push_back(read_evidence(*std::move(evidence), name, quantity));
  };
  if (const auto ports = table.require("ports", "what the programme acts on"))
    if (std::optional<toml_reader::Table> gains = ports->table()) {
      for (std::size_t port = 0; port < model::port_names.size(); ++port)
        if (const auto value = gains->find(model::port_names[port]))
          number(*value, fmt::format("ports.{}", model::port_names[port]),
                 gain_of(model::info_of(static_cast<model::Port>(port))));
      gains->finish();
    }
  if (const auto cost = table.find("unit_cost")) number(*cost, "unit_cost", unit_cost);
  table.finish();
}

}  // namespace

const study::Evidence* CatalogueRow::find(std::string_view number) const {
  const auto found = std::ranges::find(numbers, number, &study::Evidence::name);
  return found == numbers.end() ? nullptr : &*found;
}

void read_catalogue(const toml_reader::Value& value, Model& model) {
  std::optional<toml_reader::Table> table = value.table();
  if (!table) return;
  for (const auto& [name, row] : table->entries()) {
    CatalogueRow& entry = model.programmes.emplace_back();
    entry.name = name;
    if (std::optional<toml_reader::Table> cells = row.table()) read_row(*std::move(cells), entry);
  }
  table->finish();
}

toml::table programme_defaults(const CatalogueRow& row) {
  toml::table ports, programme;
  for (const study::Evidence& number : row.numbers)
    if (number.name == "unit_cost")
      programme.insert("unit_cost", number.standard);
    else
      ports.insert(number.name.substr(std::string("ports.").size()), number.standard);
  programme.insert("field", std::string(model::action_field_names[row.field]));
  programme.insert("ports", std::move(ports));
  return programme;
}

std::string catalogue_text(const std::vector<CatalogueRow>& rows) {
  std::string out;
  for (const CatalogueRow& row : rows) {
    out += fmt::format("\n[model.programmes.{}]\ntitle = {}\nfield = \"{}\"\n",
                       toml_reader::key_text(row.name), toml_reader::string_text(row.title),
                       model::action_field_names[row.field]);
    for (const study::Evidence& number : row.numbers) out += evidence_text(number);
  }
  return out;
}

}  // namespace rathaus::model_folder
