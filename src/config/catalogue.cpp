#include "config/catalogue.h"

#include <fmt/format.h>

#include <algorithm>

#include "config/model_reader.h"
#include "config/model_text.h"
#include "config/toml_text.h"
#include "model/programmes.h"

namespace rathaus::config {
namespace {

constexpr Quantity unit_cost{"unit_cost", "EUR/quarter", 0,
                             1e12,        false,         "cost of one supported unit"};

Quantity gain_of(const model::PortInfo& port) {
  return {port.name, port.unit, 0, port.highest, false, port.meaning};
}

void read_row(Table table, CatalogueRow& row) {
  table.read("title", row.title, &Value::filled_text, "what the programme is, for readers");
  table.read(
      "field", row.field, [](const Value& value) { return value.word(model::action_field_names); },
      "the study's field of action that it belongs to");
  const auto number = [&](const Value& value, const std::string& name, const Quantity& quantity) {
    if (std::optional<Table> evidence = value.table())
      row.numbers.push_back(read_evidence(*std::move(evidence), name, quantity));
  };
  if (const auto ports = table.require("ports", "what the programme acts on"))
    if (std::optional<Table> gains = ports->table()) {
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

const experiment::Evidence* CatalogueRow::find(std::string_view number) const {
  const auto found = std::ranges::find(numbers, number, &experiment::Evidence::name);
  return found == numbers.end() ? nullptr : &*found;
}

void read_catalogue(const Value& value, Model& model) {
  std::optional<Table> table = value.table();
  if (!table) return;
  for (const auto& [name, row] : table->entries()) {
    CatalogueRow& entry = model.programmes.emplace_back();
    entry.name = name;
    if (std::optional<Table> cells = row.table()) read_row(*std::move(cells), entry);
  }
  table->finish();
}

toml::table programme_defaults(const CatalogueRow& row) {
  toml::table ports, programme;
  for (const experiment::Evidence& number : row.numbers)
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
    out += fmt::format("\n[model.programmes.{}]\ntitle = {}\nfield = \"{}\"\n", key_text(row.name),
                       string_text(row.title), model::action_field_names[row.field]);
    for (const experiment::Evidence& number : row.numbers) out += evidence_text(number);
  }
  return out;
}

}  // namespace rathaus::config
