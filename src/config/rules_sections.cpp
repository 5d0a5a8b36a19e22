// model, [parameters], [coefficients], [structure] and [series].
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "config/sections.h"
#include "model/structure.h"
#include "model_folder/model_reader.h"
#include "model_folder/series.h"
#include "toml_reader/toml_text.h"

namespace rathaus::config {
namespace {

using study::Evidence;

void warn_outside_range(const toml_reader::Value& value, const Evidence& number) {
  if (!number.given && number.value != number.standard)
    return value.warning(fmt::format(
        "= {} switches on what the model leaves out (no range and no source stand behind it)",
        toml_reader::number_text(number.value)));
  if (number.value < number.low || number.value > number.high)
    value.warning(
        fmt::format("= {} is outside its plausible range ({} to {} [{}], evidence grade "
                    "{})",
                    toml_reader::number_text(number.value), number.low, number.high, number.unit,
                    number.grade));
}

void read_numbers_of(toml_reader::Table& root, std::string_view key,
                     std::span<const toml_reader::Quantity> quantities,
                     std::vector<Evidence>& numbers) {
  const auto section = root.find(key);
  std::optional<toml_reader::Table> table = section ? section->table() : std::nullopt;
  if (!table) return;
  for (std::size_t i = 0; i < quantities.size(); ++i) {
    const auto value = table->find(quantities[i].name);
    const auto number = value ? value->quantity(quantities[i]) : std::nullopt;
    if (!number || i >= numbers.size()) continue;  // without its model a number has no range
    numbers[i].value = *number;
    warn_outside_range(*value, numbers[i]);
  }
  table->finish();
}

double value_of(const std::vector<Evidence>& numbers, std::string_view name) {
  for (const Evidence& number : numbers)
    if (number.name == name) return number.value;
  return 0.0;
}

/// Two numbers may be possible each for itself and not together. The error stands where the
/// experiment changes one of them, else where it names its model.
void refuse_pair(toml_reader::Table& root, std::string_view key, std::string_view first,
                 std::string_view second, const std::string& problem) {
  std::optional<toml_reader::Value> where = root.find("model");
  const auto section = root.find(key);
  if (section && section->is_table())
    for (const std::string_view name : {first, second})
      if (const auto value = section->table()->find(name)) where = value;
  if (where) root.diagnostics().error(where->place(), problem);
}

/// The rows that `use_cases` names, or those that every experiment has.
void choose_use_cases(toml_reader::Table& root, model_folder::Model& model) {
  std::vector<bool> chosen;
  std::vector<std::string_view> known;
  for (const model_folder::UseCaseRow& row : model.use_cases) {
    chosen.push_back(row.by_default);
    known.push_back(row.numbers.name);
  }
  if (const auto names = root.find("use_cases")) {
    chosen.assign(known.size(), false);
    const auto elements = names->list();
    if (elements && elements->empty()) names->error("is empty (a run has one use case at least)");
    for (const toml_reader::Value& element : elements.value_or(std::vector<toml_reader::Value>{}))
      if (const auto index = element.word(known)) {
        if (chosen[*index]) element.error("is there already (a list names each once)");
        chosen[*index] = true;
      }
  }
  std::vector<model_folder::UseCaseRow> rows;
  for (std::size_t u = 0; u < chosen.size(); ++u)
    if (chosen[u]) rows.push_back(std::move(model.use_cases[u]));
  model.use_cases = std::move(rows);
}

/// Numbers that the model does not give, whose mechanisms are therefore off.
void tell_what_is_off(const model_folder::Model& model, std::vector<std::string>& notes) {
  std::vector<std::string> names;
  for (const std::vector<Evidence>* numbers : {&model.parameters, &model.coefficients})
    for (const Evidence& number : *numbers)
      if (!number.given) names.push_back(number.name);
  const auto add_columns = [&](const auto& columns, const auto& fields, std::string_view table) {
    for (std::size_t c = 0; c < columns.size(); ++c)
      if (!columns[c].given) names.push_back(fmt::format("{}.{}", table, fields[c].name));
  };
  add_columns(model.use_case_columns, model::use_case_fields(), "use_cases");
  add_columns(model.vendor_columns, model::vendor_fields(), "vendors");
  for (std::size_t s = 0; s < model_folder::series_count; ++s)
    if (!model.series_given[s])
      names.push_back(fmt::format("series.{}", model_folder::series_fields()[s].quantity.name));
  if (!names.empty())
    notes.push_back(fmt::format("{} does not give {}: their mechanisms are off", model.name,
                                fmt::join(names, ", ")));
}

/// The start of a run and its money, where neither model nor experiment says them.
void tell_what_is_assumed(toml_reader::Table& root, const model_folder::Model& model,
                          std::vector<std::string>& notes) {
  const model_folder::Country& country = model.country;
  if (country.given) return;
  const auto says = [&](const char* section, const char* key) {
    const toml::node* table = root.layers().front()->get(section);
    return table != nullptr && table->is_table() && table->as_table()->contains(key);
  };
  std::vector<std::string> assumed;
  if (!says("time", "start"))
    assumed.push_back(fmt::format("time.start = \"{}\"", country.start.text()));
  if (!says("money", "prices_of"))
    assumed.push_back(fmt::format("money.prices_of = {}", country.prices_of));
  if (!says("money", "discount"))
    assumed.push_back(
        fmt::format("money.discount = {}", toml_reader::number_text(country.discount)));
  if (!assumed.empty())
    notes.push_back(fmt::format("{} has no country.toml, the experiment does not say it: {}",
                                model.name, fmt::join(assumed, ", ")));
}

model_folder::Path constant(double value, model::CalendarQuarter quarter) {
  return {true, {{quarter, value}}};
}

}  // namespace

void read_model_choice(toml_reader::Table& root, const std::string& folder,
                       const model_folder::ModelPlaces& places, Draft& draft) {
  const auto value = root.require("model", "a folder, the name of an installed model, or a table");
  if (!value) return;
  if (value->is_text()) {
    const std::optional<std::string> name = value->filled_text();
    const auto found =
        name ? model_folder::find_model(*name, value->is_from_command_line() ? "" : folder, places,
                                        value->place(), root.diagnostics())
             : std::nullopt;
    if (found) {
      draft.model = model_folder::read_model_folder(*found, root.diagnostics(), draft.study.inputs);
      draft.study.model_folder = *found;
      draft.has_model = true;
    }
  } else if (value->is_table()) {
    draft.model =
        model_folder::read_model_table(*value->table(), model_folder::ModelForm::inline_table);
    draft.has_model = true;
  } else {
    value->wrong_type("a folder, the name of an installed model, or a table");
  }
  if (draft.has_model)
    choose_use_cases(root, draft.model);
  else
    root.find("use_cases");  // nobody knows which there are
  tell_what_is_off(draft.model, draft.study.notes);
  tell_what_is_assumed(root, draft.model, draft.study.notes);
  const model_folder::Country& country = draft.model.country;
  draft.study.start = country.start;
  draft.study.prices_of = country.prices_of;
  draft.study.discount = country.discount;
  draft.study.model = draft.model.name;
  draft.study.recipe = draft.model.recipe;
  draft.study.parameters = draft.model.parameters;
  draft.study.coefficients = draft.model.coefficients;
  draft.series = draft.model.series;
  draft.compliance_from = draft.model.compliance_from;
}

void read_parameters(toml_reader::Table& root, Draft& draft) {
  read_numbers_of(root, "parameters", toml_reader::quantities(model::parameter_fields()),
                  draft.study.parameters);
  const double retained = value_of(draft.study.parameters, "savings_retained");
  const double respent = value_of(draft.study.parameters, "respend_share");
  constexpr double rounding = 1e-9;
  if (retained + respent > 1.0 + rounding)
    refuse_pair(root, "parameters", "savings_retained", "respend_share",
                fmt::format("savings_retained + respend_share = {} is more than 1 (a saving is "
                            "spent once) lower one of them",
                            retained + respent));
}

void read_coefficients(toml_reader::Table& root, Draft& draft) {
  read_numbers_of(root, "coefficients", toml_reader::quantities(model::coefficient_fields()),
                  draft.study.coefficients);
  for (const auto& [lowest, highest] :
       {std::pair{"data0_lowest", "data0_highest"}, std::pair{"trust0_lowest", "trust0_highest"}}) {
    const double low = value_of(draft.study.coefficients, lowest);
    const double high = value_of(draft.study.coefficients, highest);
    if (low > high)
      refuse_pair(root, "coefficients", lowest, highest,
                  fmt::format("{} = {} is above {} = {} (nothing lies between them) swap them",
                              lowest, low, highest, high));
  }
}

void read_structure(toml_reader::Table& root, Draft& draft) {
  const auto section = root.find("structure");
  std::optional<toml_reader::Table> table = section ? section->table() : std::nullopt;
  if (!table) return;
  for (const model::Switch& choice : model::switches()) {
    const auto value = table->find(choice.name);
    if (!value) continue;
    if (choice.boolean) {
      if (const auto truth = value->truth())
        choice.set(draft.study.rules.structure, *truth ? 1 : 0);
    } else if (const auto word = value->word(choice.words)) {
      choice.set(draft.study.rules.structure, *word);
    }
  }
  table->finish();
}

void read_series_choices(toml_reader::Table& root, Draft& draft) {
  const auto section = root.find("series");
  std::optional<toml_reader::Table> table = section ? section->table() : std::nullopt;
  if (!table) return;
  for (std::size_t s = 0; s < model_folder::series_count; ++s) {
    const toml_reader::Quantity& quantity = model_folder::series_fields()[s].quantity;
    const auto value = table->find(quantity.name);
    if (!value) continue;
    if (value->is_number()) {
      if (const auto number = value->quantity(quantity))
        draft.series[s] = constant(*number, draft.study.start);
    } else if (value->is_table()) {
      std::optional<toml_reader::Table> series = value->table();
      if (std::optional<model_folder::Path> path = model_folder::read_path(*series, quantity))
        draft.series[s] = *std::move(path);
      series->finish();
    } else {
      value->wrong_type("a number, or a table with a path");
    }
  }
  table->read(model_folder::compliance_key, draft.compliance_from, &toml_reader::Value::quarter);
  table->finish();
}

}  // namespace rathaus::config
