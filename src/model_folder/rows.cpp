// The tables of use cases and vendors: columns that are documented, rows that are counted.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "model_folder/model_reader.h"

namespace rathaus::model_folder {
namespace {

std::vector<Column> read_columns(const std::optional<toml_reader::Value>& value,
                                 std::span<const toml_reader::Quantity> quantities) {
  std::vector<Column> columns;
  if (!value) return columns;
  std::optional<toml_reader::Table> table = value->table();
  if (!table) return columns;
  for (const toml_reader::Quantity& quantity : quantities) {
    const auto entry = quantity.off ? table->find(quantity.name)
                                    : table->require(quantity.name, "every column says what it is");
    if (!entry && quantity.off)
      columns.push_back(
          {1.0, 1.0, {"D", "not given by the model: its mechanism is off", ""}, false});
    if (!entry) continue;
    std::optional<toml_reader::Table> text = entry->table();
    if (!text) continue;
    Column column;
    require_unit(*text, quantity.unit);
    read_range(*text, "range_factor", column.low_factor, column.high_factor);
    column.origin = read_origin(*text);
    text->finish();
    columns.push_back(std::move(column));
  }
  table->finish();
  return columns;
}

template <class Struct>
void read_cells(toml_reader::Table& row, std::span<const model::Field<Struct>> fields,
                const std::vector<Column>& columns, Struct& numbers) {
  const std::vector<toml_reader::Quantity> quantities = toml_reader::quantities(fields);
  for (std::size_t i = 0; i < quantities.size(); ++i) {
    double& cell = numbers.*fields[i].member;
    const auto reading = [&](const toml_reader::Value& value) {
      return value.quantity(quantities[i]);
    };
    if (!quantities[i].off) {
      row.read(quantities[i].name, cell, reading, quantities[i].meaning);
      continue;
    }
    cell = *quantities[i].off;
    const auto value = row.find(quantities[i].name);
    if (value && i < columns.size() && !columns[i].given)
      value->error("is a cell of no column (every column says what it is) describe it in column." +
                   std::string(quantities[i].name));
    else if (value)
      cell = reading(*value).value_or(cell);
  }
}

/// A name that no row before has.
void read_name(toml_reader::Table& row, std::string_view key, std::string& name,
               std::set<std::string>& taken) {
  row.read(key, name, &toml_reader::Value::filled_text, "results call the row by it");
  if (!name.empty() && !taken.insert(name).second)
    row.find(key)->error(fmt::format("= \"{}\" is taken (rows are told apart by it)", name));
}

/// The vendors that offer a use case.
std::vector<std::uint8_t> offering(const toml_reader::Value& value, const Model& model) {
  std::vector<std::uint8_t> archetypes;
  std::vector<std::string_view> known;
  for (const VendorRow& vendor : model.vendors) known.push_back(vendor.numbers.archetype);
  const auto elements = value.list();
  if (elements && elements->empty())
    value.error("is empty (nobody would offer the use case) drop it, if all do");
  if (!elements || known.empty()) return archetypes;
  for (const toml_reader::Value& element : *elements) {
    const auto index = element.word(known);
    if (!index) continue;
    if (std::ranges::find(archetypes, *index) != archetypes.end())
      element.error("is there already (a list names each once)");
    archetypes.push_back(static_cast<std::uint8_t>(*index));
  }
  return archetypes;
}

/// Calls `read` with every row of a list of tables.
template <class Read>
void for_each_row(const std::optional<toml_reader::Value>& value, Read read) {
  if (!value) return;
  const auto rows = value->list();
  if (!rows) return;
  if (rows->empty()) value->error("is empty (a model has one row at least)");
  for (const toml_reader::Value& row : *rows)
    if (std::optional<toml_reader::Table> table = row.table()) {
      read(*table);
      table->finish();
    }
}

}  // namespace

void read_use_cases(const toml_reader::Value& value, Model& model) {
  std::optional<toml_reader::Table> table = value.table();
  if (!table) return;
  model.use_case_columns = read_columns(table->require("column", "every column says what it is"),
                                        toml_reader::quantities(model::use_case_fields()));
  std::set<std::string> taken;
  const auto rows = table->require("use_case", "a model has one use case at least");
  for_each_row(rows, [&](toml_reader::Table& row) {
    UseCaseRow& use_case = model.use_cases.emplace_back();
    read_name(row, "name", use_case.numbers.name, taken);
    row.read("available_from", use_case.available_from, &toml_reader::Value::quarter);
    read_cells(row, model::use_case_fields(), model.use_case_columns, use_case.numbers);
    row.read("turnkey", use_case.numbers.turnkey, &toml_reader::Value::truth);
    row.read("by_default", use_case.by_default, &toml_reader::Value::truth);
    if (const auto names = row.find("archetypes")) use_case.archetypes = offering(*names, model);
    if (const auto from = row.find("available_from"); from && use_case.numbers.start_share > 0.0)
      from->error(
          "stands beside start_share (what runs at the start is available then) drop one of them");
    row.read("note", use_case.note, &toml_reader::Value::text);
  });
  if (rows && model.use_cases.size() > model::max_use_cases)
    rows->error(fmt::format("has {} rows (a model has room for {})", model.use_cases.size(),
                            model::max_use_cases));
  table->finish();
}

void read_vendors(const toml_reader::Value& value, Model& model) {
  std::optional<toml_reader::Table> table = value.table();
  if (!table) return;
  model.vendor_columns = read_columns(table->require("column", "every column says what it is"),
                                      toml_reader::quantities(model::vendor_fields()));
  std::set<std::string> taken;
  std::int64_t slots = 0;
  const auto rows = table->require("vendor", "a model has one vendor at least");
  for_each_row(rows, [&](toml_reader::Table& row) {
    VendorRow& vendor = model.vendors.emplace_back();
    read_name(row, "archetype", vendor.numbers.archetype, taken);
    row.read("label", vendor.label, &toml_reader::Value::filled_text,
             "what the archetype is, for readers");
    row.read("slots", vendor.slots, toml_reader::integer_within(1, model::max_vendors),
             "how many vendors of this kind there are");
    read_cells(row, model::vendor_fields(), model.vendor_columns, vendor.numbers);
    row.read("note", vendor.note, &toml_reader::Value::text);
    slots += vendor.slots;
  });
  if (slots > model::max_vendors)
    rows->error(
        fmt::format("has {} slots in all (a market has room for {})", slots, model::max_vendors));
  table->finish();
}

}  // namespace rathaus::model_folder
