#include "model_folder/model_text.h"

#include <fmt/format.h>

#include "model_folder/series.h"
#include "toml_reader/toml_text.h"

namespace rathaus::model_folder {
namespace {

std::string optional_text(std::string_view key, const std::string& text) {
  return text.empty() ? "" : fmt::format(", {} = {}", key, toml_reader::string_text(text));
}

std::string origin_text(const Origin& origin) {
  return fmt::format("grade = {}, source = {}{}", toml_reader::string_text(origin.grade),
                     toml_reader::string_text(origin.source), optional_text("note", origin.note));
}

std::string points_text(const Path& path) {
  std::string points;
  for (const Path::Point& point : path.points)
    points += fmt::format("{}{{ quarter = {}, value = {} }}", points.empty() ? "" : ", ",
                          toml_reader::string_text(point.quarter.text()),
                          toml_reader::number_text(point.value));
  return fmt::format("interpolation = \"{}\", path = [{}]", path.linear ? "linear" : "step",
                     points);
}

void write_numbers(std::string& out, std::string_view part,
                   const std::vector<study::Evidence>& numbers) {
  out += fmt::format("\n[model.{}]\n", part);
  for (const study::Evidence& n : numbers)
    if (n.given) out += evidence_text(n);
}

void write_columns(std::string& out, std::string_view part, const std::vector<Column>& columns,
                   const std::vector<toml_reader::Quantity>& quantities) {
  out += fmt::format("\n[model.{}.column]\n", part);
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].given)
      out += fmt::format("{} = {{ unit = {}, range_factor = [{}, {}], {} }}\n", quantities[i].name,
                         toml_reader::string_text(quantities[i].unit),
                         toml_reader::number_text(columns[i].low_factor),
                         toml_reader::number_text(columns[i].high_factor),
                         origin_text(columns[i].origin));
}

template <class Struct>
void write_cells(std::string& out, std::span<const model::Field<Struct>> fields,
                 const Struct& numbers, const std::string& note) {
  for (const model::Field<Struct>& field : fields)
    if (!model::is_off(field, numbers))
      out += fmt::format("{} = {}\n", field.name, toml_reader::number_text(numbers.*field.member));
  if (!note.empty()) out += fmt::format("note = {}\n", toml_reader::string_text(note));
}

void write_tables(std::string& out, const Model& model) {
  write_columns(out, "use_cases", model.use_case_columns,
                toml_reader::quantities(model::use_case_fields()));
  for (const UseCaseRow& row : model.use_cases) {
    out += fmt::format("\n[[model.use_cases.use_case]]\nname = {}\n",
                       toml_reader::string_text(row.numbers.name));
    if (row.available_from)
      out += fmt::format("available_from = {}\n",
                         toml_reader::string_text(row.available_from->text()));
    if (row.numbers.turnkey) out += "turnkey = true\n";
    if (!row.archetypes.empty()) {
      std::vector<std::string> names;
      for (const std::uint8_t v : row.archetypes)
        names.push_back(model.vendors[v].numbers.archetype);
      out += fmt::format("archetypes = {}\n", toml_reader::list_text(names));
    }
    write_cells(out, model::use_case_fields(), row.numbers, row.note);
  }
  write_columns(out, "vendors", model.vendor_columns,
                toml_reader::quantities(model::vendor_fields()));
  for (const VendorRow& row : model.vendors) {
    out += fmt::format("\n[[model.vendors.vendor]]\narchetype = {}\nlabel = {}\nslots = {}\n",
                       toml_reader::string_text(row.numbers.archetype),
                       toml_reader::string_text(row.label), row.slots);
    write_cells(out, model::vendor_fields(), row.numbers, row.note);
  }
}

void write_series(std::string& out, const Model& model) {
  out += "\n[model.series]\n";
  for (std::size_t s = 0; s < series_count; ++s)
    if (model.series_given[s])
      out += fmt::format("{} = {{ unit = {}, {}, {} }}\n", series_fields()[s].quantity.name,
                         toml_reader::string_text(series_fields()[s].quantity.unit),
                         origin_text(model.series_origin[s]), points_text(model.series[s]));
  out += fmt::format("{} = {{ default = {}, {} }}\n", compliance_key,
                     toml_reader::string_text(model.compliance_from.text()),
                     origin_text(model.compliance_origin));
}

template <class Shares>
std::string shares_text(const Shares& shares) {
  std::vector<std::string> texts;
  for (const double share : shares) texts.push_back(toml_reader::number_text(share));
  return fmt::format("{}", fmt::join(texts, ", "));
}

void write_recipe(std::string& out, const Model& model) {
  const population::Recipe& recipe = model.recipe;
  out += fmt::format("\n[model.population]\nsize_bounds = [{}]\n",
                     fmt::join(recipe.size_bounds, ", "));
  out +=
      fmt::format("grade = {}\nsource = {}\n", toml_reader::string_text(model.recipe_origin.grade),
                  toml_reader::string_text(model.recipe_origin.source));
  if (!model.recipe_origin.note.empty())
    out += fmt::format("note = {}\n", toml_reader::string_text(model.recipe_origin.note));
  out += fmt::format("national_units = {{ {} = {}, {} = {} }}\n", population::unit_kind_names[0],
                     toml_reader::number_text(recipe.national_units[0]),
                     population::unit_kind_names[1],
                     toml_reader::number_text(recipe.national_units[1]));
  if (recipe.own_operation)
    out += fmt::format("operators = {{ by_default = {}, own = [{}] }}\n",
                       recipe.own_operation->by_default, shares_text(recipe.own_operation->share));
  for (const population::RecipeLand& land : recipe.lands) {
    out += fmt::format(
        "\n[[model.population.land]]\nname = {}\nkreise = {}\n"
        "administrations = [{}]\nmunicipalities = [{}]\n",
        toml_reader::string_text(land.land), land.kreise, fmt::join(land.administrations, ", "),
        fmt::join(land.municipalities, ", "));
    if (land.inhabitants)
      out += fmt::format("inhabitants = [{}]\n", fmt::join(*land.inhabitants, ", "));
    if (land.operators)
      out += fmt::format("operators = {{ count = {}, largest = [{}] }}\n", land.operators->count,
                         shares_text(land.operators->largest));
    if (land.cities.empty()) continue;
    out += "cities = [\n";
    for (const population::City& city : land.cities)
      out += fmt::format("  {{ name = {}, inhabitants = {} }},\n",
                         toml_reader::string_text(city.name), city.inhabitants);
    out += "]\n";
  }
}

void write_country(std::string& out, const Model& model) {
  if (!model.country.given) return;
  const Origin& origin = model.country_origin;
  out += fmt::format(
      "\n[model.country]\nstart = {}\nprices_of = {}\ndiscount = {}\ngrade = {}\nsource = {}\n",
      toml_reader::string_text(model.country.start.text()), model.country.prices_of,
      toml_reader::number_text(model.country.discount), toml_reader::string_text(origin.grade),
      toml_reader::string_text(origin.source));
  if (!origin.note.empty())
    out += fmt::format("note = {}\n", toml_reader::string_text(origin.note));
}

}  // namespace

std::string model_text(const Model& model) {
  std::string out;
  write_numbers(out, "parameters", model.parameters);
  write_numbers(out, "coefficients", model.coefficients);
  write_tables(out, model);
  write_series(out, model);
  write_recipe(out, model);
  write_country(out, model);
  return out + catalogue_text(model.programmes);
}

std::string evidence_text(const study::Evidence& n) {
  return fmt::format("{} = {{ default = {}, range = [{}, {}], unit = {}{}, {} }}\n", n.name,
                     toml_reader::number_text(n.standard), toml_reader::number_text(n.low),
                     toml_reader::number_text(n.high), toml_reader::string_text(n.unit),
                     optional_text("symbol", n.symbol), origin_text({n.grade, n.source, n.note}));
}

std::string path_text(const Path& path) {
  if (path.points.size() == 1) return toml_reader::number_text(path.points.front().value);
  return fmt::format("{{ {} }}", points_text(path));
}

}  // namespace rathaus::model_folder
