// [uncertain] and [design]: what is not known, and which points of it are run.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "config/sections.h"
#include "config/toml_text.h"
#include "population/csv.h"
#include "results/sha256.h"

namespace rathaus::config {
namespace {

using experiment::Address;
using experiment::Design;
using experiment::DesignMethod;
using experiment::Distribution;
using experiment::Shape;
using experiment::Uncertain;

constexpr std::int64_t most_points = 10'000'000;

/// A number that can be made uncertain: where it goes, its hard bounds and its plausible range.
struct Known {
  Uncertain number;  //!< without its distribution's shape
  bool whole = false;
  double low{}, high{};  //!< plausible
};

template <class Struct>
Known known_of(const std::string& path, const model::Field<Struct>& field, Address address,
               double standard, double low, double high) {
  return {{path,
           std::string(field.unit),
           std::string(field.meaning),
           std::move(address),
           {.by = {}, .lowest = field.lowest, .highest = field.highest},
           standard},
          field.whole,
          low,
          high};
}

/// Every path that [uncertain] may name, for this experiment.
class Catalogue {
 public:
  explicit Catalogue(const Draft& draft) {
    add_numbers(model::parameter_fields(), draft.study.parameters, "", Address::Kind::parameter);
    add_numbers(model::coefficient_fields(), draft.study.coefficients, "coefficients.",
                Address::Kind::coefficient);
    add_columns(model::use_case_fields(), draft.model.use_case_columns, "use_cases.",
                Address::Kind::use_case_factor);
    add_columns(model::vendor_fields(), draft.model.vendor_columns, "vendors.",
                Address::Kind::vendor_factor);
    for (const model::Programme& programme : draft.programmes) add_programme(draft, programme);
  }

  const Known* find(const std::string& path) const {
    const auto found =
        std::ranges::find(known_, path, [](const Known& k) { return k.number.path; });
    return found == known_.end() ? nullptr : &*found;
  }
  std::vector<std::string_view> paths() const {
    std::vector<std::string_view> paths;
    for (const Known& k : known_) paths.push_back(k.number.path);
    return paths;
  }

 private:
  template <class Struct>
  void add_numbers(std::span<const model::Field<Struct>> fields,
                   const std::vector<experiment::Evidence>& numbers, const std::string& prefix,
                   Address::Kind kind) {
    for (std::size_t i = 0; i < std::min(fields.size(), numbers.size()); ++i)
      known_.push_back(known_of(prefix + std::string(fields[i].name), fields[i], {kind, i, ""},
                                numbers[i].value, numbers[i].low, numbers[i].high));
  }
  /// A column is set by a factor; 1 leaves it as it is.
  template <class Struct>
  void add_columns(std::span<const model::Field<Struct>> fields, const std::vector<Column>& columns,
                   const std::string& prefix, Address::Kind kind) {
    for (std::size_t i = 0; i < std::min(fields.size(), columns.size()); ++i)
      known_.push_back({{prefix + std::string(fields[i].name),
                         "1",
                         "factor on the column: " + std::string(fields[i].meaning),
                         {kind, i, ""},
                         {.by = {}, .lowest = 0.0, .highest = 1e6},
                         1.0},
                        false,
                        columns[i].low_factor,
                        columns[i].high_factor});
  }
  void add_programme(const Draft& draft, const model::Programme& programme) {
    const std::string prefix = "programme." + programme.name + ".";
    const auto range = [&](const std::string& key, double lowest, double highest) {
      for (const experiment::Evidence& gain : draft.study.gains)
        if (gain.name == programme.name + "." + key) return std::pair(gain.low, gain.high);
      return std::pair(lowest, highest);
    };
    for (std::size_t p = 0; p < model::port_names.size(); ++p) {
      const auto port = static_cast<model::Port>(p);
      if (!programme.has(port)) continue;
      const std::string key = fmt::format("ports.{}", model::port_names[p]);
      const model::PortInfo& info = model::info_of(port);
      const auto [low, high] = range(key, 0.0, info.highest);
      known_.push_back({{prefix + key,
                         std::string(info.unit),
                         std::string(info.meaning),
                         {Address::Kind::port, p, programme.name},
                         {.by = {}, .lowest = 0.0, .highest = info.highest},
                         programme[port].value[0]},
                        false,
                        low,
                        high});
    }
    if (!programme.unit_cost) return;
    const auto [low, high] = range("unit_cost", 0.0, 1e9);
    known_.push_back({{prefix + "unit_cost",
                       "EUR/quarter",
                       "cost of a supported unit",
                       {Address::Kind::unit_cost, 0, programme.name},
                       {.by = {}, .lowest = 0.0, .highest = 1e9},
                       *programme.unit_cost},
                      false,
                      low,
                      high});
  }

  std::vector<Known> known_;
};

/// Numbers in the order that a shape wants, such as lowest ≤ mode ≤ highest.
bool is_ordered(const Distribution& d) {
  switch (d.shape) {
    case Shape::uniform:
      return d.by[0] < d.by[1];
    case Shape::log_uniform:
      return 0.0 < d.by[0] && d.by[0] < d.by[1];
    case Shape::triangular:
      return d.by[0] <= d.by[1] && d.by[1] <= d.by[2] && d.by[0] < d.by[2];
    case Shape::normal:
      return d.by[1] > 0.0;
    case Shape::lognormal:
      return 0.0 < d.by[0] && d.by[0] < d.by[1];
  }
  return false;
}

/// Least and largest value of a shape that has them, else of its central 99 %, roughly.
std::pair<double, double> reach_of(const Distribution& d) {
  switch (d.shape) {
    case Shape::triangular:
      return {d.by[0], d.by[2]};
    case Shape::normal:
      return {d.by[0] - 2.6 * d.by[1], d.by[0] + 2.6 * d.by[1]};
    case Shape::lognormal:
      return {d.by[0] * d.by[0] / d.by[1], d.by[1]};
    default:
      return {d.by[0], d.by[1]};
  }
}

bool read_shape(const Value& value, Shape shape, Distribution& distribution) {
  distribution.shape = shape;
  const experiment::ShapeInfo& info = experiment::shape_infos[static_cast<std::size_t>(shape)];
  if (shape == Shape::lognormal) {
    std::optional<Table> table = value.table();
    if (!table) return false;
    bool all = true;
    for (std::size_t i = 0; i < 2; ++i) {
      const auto number = table->require(i == 0 ? "median" : "p95", "it describes a lognormal");
      const auto given = number ? number->number() : std::nullopt;
      all = all && given.has_value();
      distribution.by[i] = given.value_or(0.0);
    }
    table->finish();
    if (!all) return false;
  } else {
    const auto list = value.list(info.numbers);
    if (!list) return false;
    for (std::size_t i = 0; i < list->size(); ++i) {
      const auto number = (*list)[i].number();
      if (!number) return false;
      distribution.by[i] = *number;
    }
  }
  if (is_ordered(distribution)) return true;
  value.error(
      fmt::format("is no distribution (its numbers are {}, in ascending order)", info.meaning));
  return false;
}

/// Reads { uniform = [a, b] } and the like, or "range": uniform over the plausible range.
bool read_distribution(const Value& value, const Known& known, Distribution& distribution) {
  if (value.is_text()) {
    static constexpr std::array<std::string_view, 1> words{"range"};
    if (!value.word(words)) return false;
    distribution.by = {std::max(known.low, distribution.lowest),
                       std::min(known.high, distribution.highest), 0.0};
    return true;
  }
  std::optional<Table> table = value.table();
  if (!table) return false;
  bool found = false, good = false;
  for (std::size_t s = 0; s < experiment::shape_infos.size(); ++s) {
    const auto shape = table->find(experiment::shape_infos[s].name);
    if (!shape) continue;
    if (found) {
      shape->error("is a second distribution (a number has one)");
      return false;
    }
    found = true;
    good = read_shape(*shape, static_cast<Shape>(s), distribution);
  }
  table->finish();
  if (!found)
    value.error(
        "names no distribution (uniform, log_uniform, triangular, normal or "
        "lognormal, or the word \"range\")");
  if (!good) return false;
  const auto [least, most] = reach_of(distribution);
  const bool cut = distribution.shape == Shape::normal || distribution.shape == Shape::lognormal;
  if (cut ? distribution.by[0] <= distribution.lowest || distribution.by[0] >= distribution.highest
          : least < distribution.lowest || most > distribution.highest) {
    value.error(fmt::format("reaches from {} to {} (possible are {} to {} [{}]) narrow it",
                            number_text(least), number_text(most), distribution.lowest,
                            distribution.highest, known.number.unit));
    return false;
  }
  if (least < known.low || most > known.high)
    value.warning(fmt::format("reaches beyond the plausible range ({} to {} [{}])", known.low,
                              known.high, known.number.unit));
  return true;
}

/// A port or a cost is one number in all scenarios: what a policy changes is no lack of knowledge.
bool is_the_same_everywhere(const Value& value, const Known& known, const Draft& draft) {
  const Address& address = known.number.address;
  if (address.programme.empty()) return true;
  const auto base = std::ranges::find(draft.programmes, address.programme, &model::Programme::name);
  const auto same = [&](const model::Programme& programme) {
    if (address.kind == Address::Kind::unit_cost) return programme.unit_cost == base->unit_cost;
    const model::ByClass& here = programme.ports[address.field];
    return here.kind == base->ports[address.field].kind &&
           here.value == base->ports[address.field].value;
  };
  if (address.kind == Address::Kind::port &&
      base->ports[address.field].kind != model::ClassKind::all) {
    value.error("is a table of classes (one number can be uncertain, a table cannot) use a number");
    return false;
  }
  for (const experiment::Scenario& scenario : draft.study.scenarios)
    for (const model::Programme& programme : scenario.programmes)
      if (programme.name == address.programme && !same(programme)) {
        value.error(
            fmt::format("is changed by the scenario '{}' (a change is policy, [uncertain] is "
                        "what we do not know) drop one of them",
                        scenario.name));
        return false;
      }
  return true;
}

void read_uncertain_numbers(Table& root, Draft& draft) {
  const auto section = root.find("uncertain");
  std::optional<Table> table = section ? section->table() : std::nullopt;
  if (!table) return;
  const Catalogue catalogue(draft);
  for (const auto& [path, value] : table->entries()) {
    const Known* known = catalogue.find(path);
    if (!known) {
      value.error("is no number of this experiment" + suggestion(path, catalogue.paths()));
      continue;
    }
    if (known->whole) {
      value.error(
          "is a whole number (a distribution has fractions) list its values in "
          "[alternatives]");
      continue;
    }
    Uncertain number = known->number;
    if (read_distribution(value, *known, number.distribution) &&
        is_the_same_everywhere(value, *known, draft))
      draft.study.uncertain.push_back(std::move(number));
  }
  table->finish();
}

/// Points from a CSV file with one column for each uncertain number, in its unit. Other columns,
/// such as the number of the point, are passed over.
void read_points(const Value& file, const std::filesystem::path& folder, Draft& draft,
                 Diagnostics& diagnostics) {
  const auto name = file.filled_text();
  if (!name) return;
  const std::filesystem::path path =
      file.is_from_command_line() ? std::filesystem::path(*name) : folder / *name;
  const auto csv = population::read_csv(path, diagnostics);
  if (!csv || csv->rows() == 0) return;
  draft.study.inputs.push_back(
      {*name, std::filesystem::file_size(path), results::sha256_of_file(path)});
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

void read_values(const Value& values, Draft& draft) {
  const auto rows = values.list();
  if (!rows) return;
  const std::vector<Uncertain>& numbers = draft.study.uncertain;
  for (const Value& row : *rows) {
    const auto cells = row.list(numbers.size());
    for (std::size_t k = 0; cells && k < cells->size(); ++k) {
      const Distribution& within = numbers[k].distribution;
      const double value = (*cells)[k].number().value_or(within.lowest);
      if (!(value >= within.lowest && value <= within.highest))
        (*cells)[k].error(fmt::format("= {} is not possible for {} ({} to {} [{}])",
                                      number_text(value), numbers[k].path, within.lowest,
                                      within.highest, numbers[k].unit));
      draft.study.design.value.push_back(value);
    }
  }
  draft.study.design.size = static_cast<std::uint32_t>(rows->size());
}

void read_design_table(Table& table, const std::filesystem::path& folder, Draft& draft) {
  Design& design = draft.study.design;
  table.read(
      "method", design.method,
      [](const Value& value) -> std::optional<DesignMethod> {
        const std::span words(experiment::design_method_names);
        const auto index = value.word(words.subspan(1));
        return index ? std::optional(static_cast<DesignMethod>(*index + 1)) : std::nullopt;
      },
      "how points are chosen");
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
    table.read(morris ? "trajectories" : "points", design.size, integer_within(1, most_points),
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
void check_pairs(Table& root, const experiment::Study& study) {
  const auto value_at = [&](std::string_view path, std::uint32_t point) {
    for (std::size_t k = 0; k < study.uncertain.size(); ++k)
      if (study.uncertain[k].path == path)
        return study.design.value[point * study.uncertain.size() + k];
    for (const auto* numbers : {&study.parameters, &study.coefficients})
      for (const experiment::Evidence& number : *numbers)
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

void read_design(Table& root, const std::filesystem::path& folder, Draft& draft) {
  const std::size_t told = root.diagnostics().errors().size();
  read_uncertain_numbers(root, draft);
  experiment::Study& study = draft.study;
  const auto uncertain = root.find("uncertain"), section = root.find("design");
  if (section && !uncertain) section->error("has nothing to vary (a design is over [uncertain])");
  if (uncertain && !section)
    uncertain->error(
        "has no [design] (which points are run?) add one, such as method = "
        "\"latin_hypercube\", points = 64");
  std::optional<Table> table = section ? section->table() : std::nullopt;
  if (!table || !uncertain || root.diagnostics().errors().size() != told) return;
  read_design_table(*table, folder, draft);
  if (root.diagnostics().errors().size() != told) return;
  if (study.uncertain.empty()) return uncertain->error("is empty (nothing varies)");
  if (experiment::points_of(study.design, study.uncertain.size()) == 0)
    return section->error("asks for more points than can be counted choose fewer levels");
  experiment::draw(study.design, study.uncertain, study.seed);
  check_pairs(root, study);
}

}  // namespace rathaus::config
