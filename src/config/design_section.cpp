// [design]: which points of what is not known are run.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "analysis/saltelli.h"
#include "config/number_table.h"
#include "config/sections.h"
#include "files/row_errors.h"
#include "files/sha256.h"
#include "files/texts.h"
#include "toml_reader/toml_text.h"

namespace rathaus::config {
namespace {

using study::Design;
using study::DesignMethod;
using study::Distribution;
using study::Uncertain;

constexpr std::int64_t most_points = 10'000'000;

/// Where the value of a number at a point was written.
using PlaceOfValue = std::function<Place(std::size_t point, std::size_t number)>;

/// Tells points that are possible and look wrong.
void tell_points(const Draft& draft, const UncertainNumbers& known, const PlaceOfValue& place_of,
                 Diagnostics& diagnostics) {
  const std::vector<Uncertain>& numbers = draft.study.uncertain;
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    std::vector<double> values;
    for (std::size_t i = k; i < draft.study.design.value.size(); i += numbers.size())
      values.push_back(draft.study.design.value[i]);
    tell_implausible(
        {*known.find(numbers[k].path), &numbers[k].distribution}, values,
        [&](std::size_t point) { return place_of(point, k); }, diagnostics);
  }
}

/// Points from a CSV file with one column for each uncertain number, in its unit. Other columns are
/// told and passed over, unless they number the points.
void read_points(const toml_reader::Value& file, const std::string& folder,
                 const UncertainNumbers& known, Draft& draft, Diagnostics& diagnostics) {
  const auto name = file.filled_text();
  if (!name) return;
  const std::string path = file.is_from_command_line() ? *name : files::join(folder, *name);
  const std::size_t before = diagnostics.errors().size();
  const auto table = NumberTable::read(path, known, diagnostics);
  if (!table) return;
  draft.study.inputs.push_back(
      {*name, files::read(path)->size(), files::sha256_of_file(path), path});
  const std::vector<Uncertain>& numbers = draft.study.uncertain;
  std::vector<const NumberColumn*> columns;
  for (const Uncertain& number : numbers) {
    columns.push_back(table->find(*known.find(number.path)));
    if (columns.back() == nullptr) {
      std::vector<std::string_view> titles;
      for (const NumberColumn& column : table->columns()) titles.push_back(column.title);
      const std::string similar = nearest(number.path, titles);
      diagnostics.error(
          table->heading(),
          fmt::format("there is no column '{}' (every uncertain number has one){}", number.path,
                      similar.empty() ? "" : fmt::format(" is it '{}'?", similar)));
    }
  }
  std::vector<std::string_view> strange;
  for (const NumberColumn& column : table->columns())
    if (!column.is_of_the_row() && std::ranges::find(columns, &column) == columns.end())
      strange.push_back(column.title);
  if (!strange.empty())
    diagnostics.warning(table->heading(),
                        fmt::format("columns that are not in [uncertain] and not read: {}",
                                    fmt::join(strange, ", ")));
  if (std::ranges::any_of(columns, [](const NumberColumn* column) { return column == nullptr; }))
    return;
  std::vector<double>& all = draft.study.design.value;
  all.assign(table->rows() * numbers.size(), 0.0);
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    const Distribution& within = numbers[k].distribution;
    const std::vector<double> values = table->values(*columns[k], diagnostics);
    files::RowErrors errors(diagnostics);
    for (std::size_t row = 0; row < values.size(); ++row) {
      all[row * numbers.size() + k] = values[row];
      if (values[row] < within.lowest || values[row] > within.highest)
        errors.add(table->place(row, *columns[k]),
                   fmt::format("{} = {} is not possible ({} to {} [{}])", numbers[k].path,
                               values[row], within.lowest, within.highest, numbers[k].unit));
    }
    errors.finish();
  }
  draft.study.design.size = static_cast<std::uint32_t>(table->rows());
  if (diagnostics.errors().size() != before) return;
  tell_points(
      draft, known,
      [&](std::size_t point, std::size_t k) { return table->place(point, *columns[k]); },
      diagnostics);
}

void read_values(const toml_reader::Value& values, const UncertainNumbers& known, Draft& draft,
                 Diagnostics& diagnostics) {
  const auto rows = values.list();
  if (!rows) return;
  if (rows->empty())
    values.error("is empty (a design has one point at least) list one, or drop [design]");
  const std::size_t told = diagnostics.errors().size();
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
  if (diagnostics.errors().size() == told)
    tell_points(
        draft, known, [&](std::size_t, std::size_t) { return values.place(); }, diagnostics);
}

/// Whether the points of a list share their chance, and whether they are a Saltelli sample, which
/// is worth nothing if they do not.
void read_chance(toml_reader::Table& table, Draft& draft) {
  Design& design = draft.study.design;
  static constexpr std::array<std::string_view, 2> chances{"own", "shared"};
  static constexpr std::array<std::string_view, 1> samples{"saltelli"};
  const auto chance = table.find("chance"), sample = table.find("sample");
  const std::size_t chosen =
      chance ? chance->word(chances).value_or(chances.size()) : chances.size();
  design.shared = chosen == 1;
  if (!sample || !sample->word(samples)) return;
  if (chosen == 0)
    chance->error(
        "= \"own\" makes a Saltelli sample worthless (differences between its points "
        "would be chance) use \"shared\"");
  design.shared = true;
  std::vector<std::string> names;
  for (const Uncertain& number : draft.study.uncertain) names.push_back(number.path);
  if (names.empty() || design.value.empty()) return;
  const analysis::SaltelliAnswer answer = analysis::saltelli_sample(design.value, names);
  design.saltelli = answer.sample ? static_cast<std::uint32_t>(answer.sample->base) : 0;
  if (!answer.sample)
    sample->error(
        fmt::format("= \"saltelli\" does not hold ({}) give A, B and A with one column of "
                    "B each, in blocks or point by point, every value as it was drawn",
                    answer.why));
}

void read_design_table(toml_reader::Table& table, const std::string& folder,
                       const UncertainNumbers& known, Draft& draft) {
  Design& design = draft.study.design;
  table.read(
      "method", design.method,
      [](const toml_reader::Value& value) -> std::optional<DesignMethod> {
        const std::span words(study::design_method_names);
        const auto index = value.word(words.subspan(1));
        return index ? std::optional(static_cast<DesignMethod>(*index + 1)) : std::nullopt;
      },
      "how points are chosen");
  if (!draft.study.ensembles.empty() && design.method != DesignMethod::latin_hypercube &&
      design.method != DesignMethod::keyed_hypercube && design.method != DesignMethod::none)
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
      read_points(*file, folder, known, draft, table.diagnostics());
    else
      read_values(*values, known, draft, table.diagnostics());
    read_chance(table, draft);
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
  const std::size_t columns = study.uncertain.size();
  const auto value_at = [&](std::string_view path, std::size_t row) {
    for (std::size_t k = 0; k < columns; ++k)
      if (const double value = study.design.value[row * columns + k];
          study.uncertain[k].path == path && !std::isnan(value))
        return value;
    for (const auto* numbers : {&study.parameters, &study.coefficients})
      for (const study::Evidence& number : *numbers)
        if (number.name == path || "coefficients." + number.name == path) return number.value;
    return 0.0;
  };
  std::uint32_t spent = 0, swapped = 0;
  const std::size_t rows = study.design.value.size() / columns;  // of all blocks
  for (std::size_t row = 0; row < rows; ++row) {
    spent += value_at("savings_retained", row) + value_at("respend_share", row) > 1.0 + 1e-9;
    for (const char* stock : {"data0", "trust0"})
      swapped += value_at(fmt::format("coefficients.{}_lowest", stock), row) >
                 value_at(fmt::format("coefficients.{}_highest", stock), row);
  }
  const auto section = root.find("uncertain");
  if (spent > 0)
    section->error(
        fmt::format("lets savings_retained + respend_share exceed 1 at {} of {} points (a "
                    "saving is spent once) narrow them",
                    spent, rows));
  if (swapped > 0)
    section->error(
        fmt::format("puts a lowest start above its highest at {} points (nothing lies "
                    "between them) narrow them",
                    swapped));
}

}  // namespace

void ask_for_design(const toml_reader::Value& uncertain) {
  uncertain.error(
      "has no [design] (which points are run?) add one, such as method = "
      "\"latin_hypercube\", points = 64");
}

void read_design(toml_reader::Table& root, const std::string& folder, Draft& draft) {
  const std::size_t told = root.diagnostics().errors().size();
  read_uncertain(root, folder, draft);
  study::Study& study = draft.study;
  const auto uncertain = root.find("uncertain"), section = root.find("design");
  if (section && !uncertain) section->error("has nothing to vary (a design is over [uncertain])");
  if (uncertain && !section && !adds_to_shipped_doubt(root, draft)) ask_for_design(*uncertain);
  std::optional<toml_reader::Table> table = section ? section->table() : std::nullopt;
  if (!table || !uncertain || !draft.has_model || root.diagnostics().errors().size() != told)
    return;
  read_design_table(*table, folder, UncertainNumbers(draft), draft);
  if (root.diagnostics().errors().size() != told) return;
  if (study.uncertain.empty()) return uncertain->error("is empty (nothing varies)");
  if (study::points_of(study.design, study.uncertain.size()) == 0)
    return section->error("asks for more points than can be counted choose fewer levels");
  study::draw(study.design, study.uncertain, study.seed, study.ensembles);
  check_pairs(root, study);
  if (study.design.shares_chance() && study.population.redraw != population::Redraw::never)
    section->error(
        "shares chance between its points, which population.redraw would undo (points would differ "
        "by their worlds, too) drop redraw, or take a latin_hypercube");
  if (const std::string cut = study::tails_cut(study.design, study.uncertain); !cut.empty())
    study.notes.push_back(cut);
}

}  // namespace rathaus::config
