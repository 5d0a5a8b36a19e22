// [design]: which points of what is not known are run.
#include <fmt/format.h>

#include <algorithm>

#include "config/sections.h"
#include "files/csv.h"
#include "files/sha256.h"
#include "toml_reader/toml_text.h"

namespace rathaus::config {
namespace {

using study::Design;
using study::DesignMethod;
using study::Distribution;
using study::Uncertain;

constexpr std::int64_t most_points = 10'000'000;

/// Points from a CSV file with one column for each uncertain number, in its unit. Other columns,
/// such as the number of the point, are passed over.
void read_points(const toml_reader::Value& file, const std::filesystem::path& folder, Draft& draft,
                 Diagnostics& diagnostics) {
  const auto name = file.filled_text();
  if (!name) return;
  const std::filesystem::path path =
      file.is_from_command_line() ? std::filesystem::path(*name) : folder / *name;
  const auto csv = files::read_csv(path, diagnostics);
  if (!csv || csv->rows() == 0) return;
  draft.study.inputs.push_back(
      {*name, std::filesystem::file_size(path), files::sha256_of_file(path), path});
  std::vector<std::size_t> columns;
  for (const Uncertain& number : draft.study.uncertain) {
    std::size_t column = 0;
    while (column < csv->cells(0) && csv->cell(0, column) != number.path) ++column;
    if (column == csv->cells(0))
      diagnostics.error(csv->place(0),
                        fmt::format("there is no column '{}' (every uncertain number "
                                    "has one)",
                                    number.path));
    columns.push_back(column);
  }
  if (diagnostics.failed()) return;
  for (std::size_t row = 1; row < csv->rows(); ++row)
    for (std::size_t k = 0; k < columns.size(); ++k) {
      const Distribution& within = draft.study.uncertain[k].distribution;
      const bool there = columns[k] < csv->cells(row);
      const std::string text(there ? csv->cell(row, columns[k]) : "");
      char* end = nullptr;
      const double value = std::strtod(text.c_str(), &end);
      if (text.empty() || *end != '\0' || !(value >= within.lowest && value <= within.highest))
        diagnostics.error(
            there ? csv->place(row, columns[k]) : csv->place(row),
            fmt::format("{} is '{}' (a number from {} to {} is wanted)",
                        draft.study.uncertain[k].path, text, within.lowest, within.highest));
      draft.study.design.value.push_back(value);
    }
  draft.study.design.size = static_cast<std::uint32_t>(csv->rows() - 1);
  if (csv->rows() == 1) diagnostics.error(csv->place(0), "the file holds no point");
}

void read_values(const toml_reader::Value& values, Draft& draft) {
  const auto rows = values.list();
  if (!rows) return;
  if (rows->empty())
    values.error("is empty (a design has one point at least) list one, or drop [design]");
  const std::vector<Uncertain>& numbers = draft.study.uncertain;
  for (const toml_reader::Value& row : *rows) {
    const auto cells = row.list(numbers.size());
    for (std::size_t k = 0; cells && k < cells->size(); ++k) {
      const Distribution& within = numbers[k].distribution;
      const double value = (*cells)[k].number().value_or(within.lowest);
      if (!(value >= within.lowest && value <= within.highest))
        (*cells)[k].error(fmt::format("= {} is not possible for {} ({} to {} [{}])",
                                      toml_reader::number_text(value), numbers[k].path,
                                      within.lowest, within.highest, numbers[k].unit));
      draft.study.design.value.push_back(value);
    }
  }
  draft.study.design.size = static_cast<std::uint32_t>(rows->size());
}

void read_design_table(toml_reader::Table& table, const std::filesystem::path& folder,
                       Draft& draft) {
  Design& design = draft.study.design;
  table.read(
      "method", design.method,
      [](const toml_reader::Value& value) -> std::optional<DesignMethod> {
        const std::span words(study::design_method_names);
        const auto index = value.word(words.subspan(1));
        return index ? std::optional(static_cast<DesignMethod>(*index + 1)) : std::nullopt;
      },
      "how points are chosen");
  if (draft.study.ensemble && design.method != DesignMethod::latin_hypercube &&
      design.method != DesignMethod::none)
    table.find("method")->error(
        "is not possible with an ensemble (its numbers are drawn together, as whole vectors, and "
        "do "
        "not vary one by one) use latin_hypercube");
  const bool list = design.method == DesignMethod::list;
  const bool morris = design.method == DesignMethod::morris;
  const bool factorial = design.method == DesignMethod::full_factorial;
  if (list) {
    const auto file = table.find("file"), values = table.find("values");
    if (file.has_value() == values.has_value())
      table.diagnostics().error(table.place(), "a list of points names a file, or gives values");
    else if (file)
      read_points(*file, folder, draft, table.diagnostics());
    else
      read_values(*values, draft);
  } else if (!factorial) {
    table.read(
        morris ? "trajectories" : "points", design.size,
        toml_reader::integer_within(design.method == DesignMethod::sobol ? 2 : 1, most_points),
        morris ? "how many ways through the grid" : "how many points");
  }
  if (morris || factorial) {
    if (const auto levels = table.find("levels")) {
      if (const auto given = levels->integer(2, 1000))
        design.levels = static_cast<std::uint32_t>(*given);
      if (morris && design.levels % 2 != 0)
        levels->error("is odd (the step of Morris is half the grid)");
    }
  }
  table.finish();
}

/// Two numbers may be possible each for itself and not together, at some points.
void check_pairs(toml_reader::Table& root, const study::Study& study) {
  const auto value_at = [&](std::string_view path, std::uint32_t point) {
    for (std::size_t k = 0; k < study.uncertain.size(); ++k)
      if (study.uncertain[k].path == path)
        return study.design.value[point * study.uncertain.size() + k];
    for (const auto* numbers : {&study.parameters, &study.coefficients})
      for (const study::Evidence& number : *numbers)
        if (number.name == path || "coefficients." + number.name == path) return number.value;
    return 0.0;
  };
  std::uint32_t spent = 0, swapped = 0;
  for (std::uint32_t point = 0; point < study.design.points; ++point) {
    spent += value_at("savings_retained", point) + value_at("respend_share", point) > 1.0 + 1e-9;
    for (const char* stock : {"data0", "trust0"})
      swapped += value_at(fmt::format("coefficients.{}_lowest", stock), point) >
                 value_at(fmt::format("coefficients.{}_highest", stock), point);
  }
  const auto section = root.find("uncertain");
  if (spent > 0)
    section->error(
        fmt::format("lets savings_retained + respend_share exceed 1 at {} of {} points (a "
                    "saving is spent once) narrow them",
                    spent, study.design.points));
  if (swapped > 0)
    section->error(
        fmt::format("puts a lowest start above its highest at {} points (nothing lies "
                    "between them) narrow them",
                    swapped));
}

}  // namespace

void read_design(toml_reader::Table& root, const std::filesystem::path& folder, Draft& draft) {
  const std::size_t told = root.diagnostics().errors().size();
  read_uncertain(root, folder, draft);
  study::Study& study = draft.study;
  const auto uncertain = root.find("uncertain"), section = root.find("design");
  if (section && !uncertain) section->error("has nothing to vary (a design is over [uncertain])");
  if (uncertain && !section)
    uncertain->error(
        "has no [design] (which points are run?) add one, such as method = "
        "\"latin_hypercube\", points = 64");
  std::optional<toml_reader::Table> table = section ? section->table() : std::nullopt;
  if (!table || !uncertain || root.diagnostics().errors().size() != told) return;
  read_design_table(*table, folder, draft);
  if (root.diagnostics().errors().size() != told) return;
  if (study.uncertain.empty()) return uncertain->error("is empty (nothing varies)");
  if (study::points_of(study.design, study.uncertain.size()) == 0)
    return section->error("asks for more points than can be counted choose fewer levels");
  study::draw(study.design, study.uncertain, study.seed,
              study.ensemble ? &*study.ensemble : nullptr);
  check_pairs(root, study);
}

}  // namespace rathaus::config
