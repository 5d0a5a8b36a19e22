#include "model_folder/series.h"

#include <fmt/format.h>

#include "files/figures.h"
#include "model_folder/model_reader.h"

namespace rathaus::model_folder {
namespace {

using S = model::Series;
constexpr double large = 1e12;

constexpr std::array<SeriesField, series_count> fields{{
    {{"macro_factor", "1", 0, large, false, "factor on every free margin"}, &S::macro_factor},
    {{"grid_intensity", "g CO2e/kWh", 0, large, false, "emissions of electricity"},
     &S::grid_intensity},
    {{"certification", "1", 0, 1, false, "share of risk covered by certification"},
     &S::certification},
    {{"trust_drift", "1", -1, 1, false, "added to every set-point of trust", 0.0}, &S::trust_drift},
}};

std::optional<Path::Point> read_point(const toml_reader::Value& value,
                                      const toml_reader::Quantity& quantity) {
  std::optional<toml_reader::Table> table = value.table();
  if (!table) return std::nullopt;
  std::optional<model::CalendarQuarter> quarter;
  std::optional<double> height;
  table->read("quarter", quarter, &toml_reader::Value::quarter,
              "a point of a path has a quarter and a value");
  table->read(
      "value", height, [&](const toml_reader::Value& number) { return number.quantity(quantity); },
      "a point of a path has a quarter and a value");
  table->finish();
  if (!quarter || !height) return std::nullopt;
  return Path::Point{*quarter, *height};
}

double between(const Path::Point& before, const Path::Point& after, std::int32_t now) {
  const std::int32_t first = before.quarter.index();
  return before.value +
         (after.value - before.value) * (now - first) / (after.quarter.index() - first);
}

}  // namespace

std::span<const SeriesField, series_count> series_fields() {
  return fields;
}

std::optional<Path> read_path(toml_reader::Table& table, const toml_reader::Quantity& quantity) {
  static constexpr std::array<std::string_view, 2> words{"step", "linear"};
  Path path;
  table.read("interpolation", path.linear,
             [](const toml_reader::Value& value) { return value.word(words); });
  const auto value = table.require("path", "a list of {quarter, value}");
  const auto points = value ? value->list() : std::nullopt;
  if (!points) return std::nullopt;
  if (points->empty()) value->error("is empty (a series has one point at least)");
  for (const toml_reader::Value& element : *points) {
    const std::optional<Path::Point> point = read_point(element, quantity);
    if (!point) return std::nullopt;
    if (!path.points.empty() && point->quarter.index() <= path.points.back().quarter.index())
      element.error(fmt::format("is not after {} (points follow the calendar)",
                                path.points.back().quarter.text()));
    path.points.push_back(*point);
  }
  std::vector<double> figures;
  for (const Path::Point& point : path.points) figures.push_back(point.value);
  if (const auto found = files::thousandfold(figures))
    value->warning(files::text_of(*found, figures));
  return path;
}

void read_series(const toml_reader::Value& value, Model& model) {
  std::optional<toml_reader::Table> table = value.table();
  if (!table) return;
  for (std::size_t s = 0; s < series_count; ++s) {
    const toml_reader::Quantity& quantity = fields[s].quantity;
    const auto entry =
        quantity.off ? table->find(quantity.name) : table->require(quantity.name, quantity.meaning);
    model.series_given[s] = entry.has_value();
    if (!entry && quantity.off) model.series[s].points = {{{2000, 1}, *quantity.off}};
    if (!entry) continue;
    std::optional<toml_reader::Table> series = entry->table();
    if (!series) continue;
    require_unit(*series, fields[s].quantity.unit);
    if (std::optional<Path> path = read_path(*series, fields[s].quantity))
      model.series[s] = *std::move(path);
    model.series_origin[s] = read_origin(*series);
    series->finish();
  }
  const auto entry =
      table->require(compliance_key, "the quarter in which duties of deployers begin");
  std::optional<toml_reader::Table> compliance = entry ? entry->table() : std::nullopt;
  if (compliance) {
    compliance->read("default", model.compliance_from, &toml_reader::Value::quarter,
                     "the quarter in which duties of deployers begin");
    model.compliance_origin = read_origin(*compliance);
    compliance->finish();
  }
  table->finish();
}

std::vector<double> expand(const Path& path, model::CalendarQuarter start, std::uint32_t quarters) {
  std::vector<double> values;
  std::size_t next = 0;  // first point after the quarter
  for (std::uint32_t t = 0; t < quarters; ++t) {
    const std::int32_t now = start.index() + static_cast<std::int32_t>(t);
    while (next < path.points.size() && path.points[next].quarter.index() <= now) ++next;
    if (next == 0)
      values.push_back(path.points.front().value);
    else if (next == path.points.size() || !path.linear)
      values.push_back(path.points[next - 1].value);
    else
      values.push_back(between(path.points[next - 1], path.points[next], now));
  }
  return values;
}

std::vector<double> step_from(model::CalendarQuarter from, model::CalendarQuarter start,
                              std::uint32_t quarters) {
  std::vector<double> values;
  for (std::uint32_t t = 0; t < quarters; ++t)
    values.push_back(start.index() + static_cast<std::int32_t>(t) >= from.index() ? 1.0 : 0.0);
  return values;
}

}  // namespace rathaus::model_folder
