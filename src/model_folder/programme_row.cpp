#include "model_folder/programme_row.h"

#include <fmt/format.h>

#include <algorithm>

#include "model/programme_numbers.h"
#include "toml_reader/toml_text.h"

namespace rathaus::model_folder {
namespace {

using model::Programme;

constexpr toml_reader::Quantity euros{"euros",           "EUR", 0,
                                      model::most_money, false, "an amount of money"};
constexpr toml_reader::Quantity share{"share", "1", 0, 1, false, "a share"};

/// Cents of an amount; a sum that is not zero is one cent at least.
std::optional<model::Cents> money(const toml_reader::Value& value) {
  const std::optional<double> amount = value.quantity(euros);
  if (!amount) return std::nullopt;
  if (*amount > 0.0 && *amount < 0.01) {
    value.error(fmt::format("= {} is below one cent (money is paid in whole cents)",
                            toml_reader::number_text(*amount)));
    return std::nullopt;
  }
  return model::cents(*amount);
}

/// A list that says who is admitted: without one all are, with an empty one nobody would be.
std::vector<toml_reader::Value> admitted(const toml_reader::Value& value) {
  const auto elements = value.list();
  if (elements && elements->empty())
    value.error("is empty (nobody would be eligible) drop it, if all are");
  return elements.value_or(std::vector<toml_reader::Value>{});
}

/// Words of a list, each known and none twice.
template <class Names>
std::vector<std::uint8_t> words(const toml_reader::Value& value, const Names& names) {
  std::vector<std::uint8_t> indices;
  const std::vector<std::string_view> known(names.begin(), names.end());
  for (const toml_reader::Value& element : admitted(value)) {
    const auto index = element.word(known);
    if (!index) continue;
    if (std::ranges::find(indices, *index) != indices.end())
      element.error("is there already (a list names each once)");
    else
      indices.push_back(static_cast<std::uint8_t>(*index));
  }
  std::ranges::sort(indices);
  return indices;
}

/// Names of Länder or regions, which the population must have.
std::vector<std::string> mentioned(const toml_reader::Value& value, const char* group,
                                   std::vector<study::Mention>& mentions) {
  std::vector<std::string> names;
  for (const toml_reader::Value& element : admitted(value))
    if (const auto text = element.filled_text()) {
      names.push_back(*text);
      mentions.push_back({group, *text, value.name(), element.place()});
    }
  return names;
}

/// Calls read(table) for a key that holds a table, and reports what it did not ask for.
template <class Read>
void inner(toml_reader::Table& row, std::string_view key, Read read) {
  const auto value = row.find(key);
  std::optional<toml_reader::Table> table = value ? value->table() : std::nullopt;
  if (!table) return;
  read(*table);
  table->finish();
}

void read_ports(toml_reader::Table& ports, Programme& programme) {
  for (std::size_t p = 0; p < model::port_names.size(); ++p) {
    const auto port = static_cast<model::Port>(p);
    const model::PortInfo& info = model::info_of(port);
    const toml_reader::Quantity gain{info.name, info.unit, 0, info.highest, false, info.meaning};
    if (const auto value = ports.find(info.name))
      if (const auto table = read_by_class(*value, gain, true)) programme[port] = *table;
  }
}

void read_bonus(toml_reader::Table& table, model::Bonus& bonus) {
  for (std::size_t b = 0; b < model::bonus_names.size(); ++b)
    table.read(model::bonus_names[b], bonus.given[b],
               [](const toml_reader::Value& value) { return value.quantity(share); });
}

void read_window(toml_reader::Table& table, const ProgrammeContext& context,
                 model::Window& window) {
  const auto quarter = [&](const toml_reader::Value& value) -> std::optional<std::int32_t> {
    if (const auto given = value.quarter()) return given->index() - context.start.index();
    return std::nullopt;
  };
  table.read("first", window.first, quarter, "the quarter in which the first call opens");
  table.read("length", window.length, toml_reader::integer_within(1, model::longest_window));
  table.read("every", window.every, toml_reader::integer_within(1, model::longest_window));
  window.last = static_cast<std::int32_t>(context.quarters) - 1;
  table.read("last", window.last, quarter);
  table.read("announced", window.announced, toml_reader::integer_within(0, model::longest_window));
  if (window.every > 0) return;
  if (const auto last = table.find("last"))
    last->error("has no meaning without every (there is one window only)");
  window.last = window.first;
}

void read_budget(toml_reader::Table& table, model::Budget& budget) {
  const auto per_year = table.find("per_year"), total = table.find("total");
  if (per_year && total)
    total->error("stands beside per_year (a budget is one or the other)");
  else if (!per_year && !total)
    table.diagnostics().error(table.place(), "a budget says per_year or total, in EUR");
  const auto& given = per_year ? per_year : total;
  budget.kind = per_year ? model::BudgetKind::per_year : model::BudgetKind::total;
  if (given)
    if (const auto amount = money(*given)) budget.amount = *amount;
  table.read("carry_over", budget.carry_over, &toml_reader::Value::truth);
}

void read_eligibility(toml_reader::Table& table, const ProgrammeContext& context,
                      model::Eligibility& eligible) {
  constexpr std::int64_t most = 1'000'000'000;
  if (const auto sizes = table.find("population"); sizes && !sizes->is_table())
    sizes->error(
        "is no table of sizes (which way does the bound go?) write population = { below = "
        "20_000 }, at_least, or both");
  else
    inner(table, "population", [&](toml_reader::Table& bounds) {
      bounds.read("below", eligible.population_below, toml_reader::integer_within(1, most));
      bounds.read("at_least", eligible.population_at_least, toml_reader::integer_within(0, most));
    });
  table.read("fiscal_below", eligible.fiscal_below, &toml_reader::Value::number);
  if (const auto classes = table.find("fiscal_class"))
    for (const std::uint8_t c : words(*classes, model::fiscal_class_names))
      eligible.fiscal_class.push_back(static_cast<model::FiscalClass>(c));
  if (const auto names = table.find("land"))
    eligible.land = mentioned(*names, "land", context.mentions);
  if (const auto names = table.find("region"))
    eligible.region = mentioned(*names, "region", context.mentions);
  if (const auto names = table.find("use_cases")) {
    std::vector<std::string_view> known;
    for (const UseCaseRow& row : context.model.use_cases) known.push_back(row.numbers.name);
    eligible.use_cases = words(*names, known);
  }
  table.read("coop_only", eligible.coop_only, &toml_reader::Value::truth);
  table.read("demand_only", eligible.demand_only, &toml_reader::Value::truth);
}

void read_funder_cost(toml_reader::Table& table, std::optional<model::FunderCost>& cost) {
  cost.emplace();
  table.read("per_year", cost->per_year, money);
  table.read("per_application", cost->per_application, money);
  table.read("per_award", cost->per_award, money);
}

void read_award(toml_reader::Table& table, Programme& programme) {
  table.read(
      "rule", programme.award,
      [](const toml_reader::Value& value) -> std::optional<model::AwardRule> {
        const auto rule = value.word(model::award_rule_names);
        return rule ? std::optional(static_cast<model::AwardRule>(*rule)) : std::nullopt;
      },
      "how applications are chosen");
  if (const auto reserve = table.find("reserve")) {
    if (!reserve->is_table())
      reserve->wrong_type("a table of classes and shares");
    else if (const auto shares = read_by_class(*reserve, share, false))
      programme.reserve = *shares;
  }
}

/// The value that a dotted key leads to, or the place where it is missed.
std::optional<toml_reader::Value> at(toml_reader::Table row, std::string_view path) {
  const std::size_t dot = path.find('.');
  const auto value = row.find(path.substr(0, dot));
  if (!value || dot == std::string_view::npos || !value->is_table()) return value;
  auto inner = at(*value->table(), path.substr(dot + 1));
  return inner ? inner : value;
}

void warn_outside_ranges(const toml_reader::Table& row, const CatalogueRow& kind) {
  for (const study::Evidence& number : kind.numbers) {
    const auto value = at(row, number.name);
    if (!value || !value->is_number()) continue;
    const double given = value->number().value_or(number.standard);
    if (given < number.low || given > number.high)
      value->warning(fmt::format(
          "= {} is outside its plausible range ({} to {} [{}], evidence "
          "grade {})",
          toml_reader::number_text(given), number.low, number.high, number.unit, number.grade));
  }
}

}  // namespace

std::optional<model::ByClass> read_by_class(const toml_reader::Value& value,
                                            const toml_reader::Quantity& quantity, bool complete) {
  model::ByClass result;
  if (!value.is_table()) {
    const auto number = value.quantity(quantity);
    if (!number) return std::nullopt;
    result.value[0] = *number;
    return result;
  }
  toml_reader::Table table = *value.table();
  const auto entries = table.entries();
  const auto knows = [&](const auto& names) {
    return std::ranges::any_of(entries, [&](const auto& entry) {
      return std::ranges::find(names, entry.first) != names.end();
    });
  };
  const bool fiscal = knows(model::fiscal_class_names), size = knows(model::size_class_names);
  if (fiscal && size) {
    value.error("mixes size classes and fiscal classes (a table goes by one of them)");
    return std::nullopt;
  }
  result.kind = size ? model::ClassKind::size : model::ClassKind::fiscal;
  toml_reader::Table classes = *value.table();
  const auto read = [&](const auto& names) {
    for (std::size_t c = 0; c < names.size(); ++c)
      if (const auto cell = classes.find(names[c])) {
        if (const auto number = cell->quantity(quantity)) result.value[c] = *number;
      } else if (complete) {
        value.error(fmt::format("misses the class {} (a table gives every class its number)",
                                toml_reader::key_text(names[c])));
      }
  };
  size ? read(model::size_class_names) : read(model::fiscal_class_names);
  classes.finish();
  return result;
}

Programme read_programme(toml_reader::Table row, const std::string& name,
                         const ProgrammeContext& context, const CatalogueRow* kind) {
  Programme programme;
  programme.name = name;
  const toml_reader::Table whole = row;
  const std::size_t errors = row.diagnostics().errors().size();
  row.find("from");
  row.find("label");  // of the experiment, which has read it
  row.read(
      "field", programme.field,
      [](const toml_reader::Value& value) { return value.word(model::action_field_names); },
      "the study's field of action that it belongs to");
  if (const auto ports = row.require("ports", "what the programme acts on"))
    if (std::optional<toml_reader::Table> table = ports->table()) {
      read_ports(*table, programme);
      table->finish();
    }
  if (const auto window = row.require("window", "when calls are open"))
    if (std::optional<toml_reader::Table> table = window->table()) {
      read_window(*table, context, programme.window);
      table->finish();
    }
  row.read("wait", programme.wait,
           [](const toml_reader::Value& value) { return value.quantity(share); });
  row.read("early_start", programme.early_start,
           [](const toml_reader::Value& value) -> std::optional<bool> {
             const auto word = value.word(model::early_start_words);
             return word ? std::optional(*word == 1) : std::nullopt;
           });
  inner(row, "budget", [&](toml_reader::Table& table) { read_budget(table, programme.budget); });
  inner(row, "bonus", [&](toml_reader::Table& table) { read_bonus(table, programme.bonus); });
  row.read("cap_per_award", programme.cap_per_award, money);
  row.read("least_award", programme.least_award, money);
  row.read("requires", programme.required, &toml_reader::Value::filled_text);
  inner(row, "eligible",
        [&](toml_reader::Table& table) { read_eligibility(table, context, programme.eligible); });
  inner(row, "effort", [&](toml_reader::Table& table) {
    constexpr toml_reader::Quantity days{
        "application_days",           "day", 0,
        model::most_application_days, false, "work on one application"};
    table.read("application_days", programme.application_days,
               [&](const toml_reader::Value& value) { return value.quantity(days); });
  });
  inner(row, "award", [&](toml_reader::Table& table) { read_award(table, programme); });
  row.read("joint", programme.joint, &toml_reader::Value::truth);
  row.read("sites", programme.sites, toml_reader::integer_within(1, model::most_sites));
  row.read("open_min", programme.open_min,
           [](const toml_reader::Value& value) { return value.quantity(share); });
  inner(row, "funder_cost",
        [&](toml_reader::Table& table) { read_funder_cost(table, programme.funder_cost); });
  row.read("unit_cost", programme.unit_cost,
           [](const toml_reader::Value& value) { return value.quantity(euros); });
  row.finish();

  if (row.diagnostics().errors().size() > errors) return programme;
  for (const model::ProgrammeFault& fault :
       model::faults_of(programme, static_cast<std::int32_t>(context.quarters))) {
    const auto where = at(whole, fault.key);
    row.diagnostics().error(
        where ? where->place() : whole.place(),
        Message(fault.message)
            .about(fmt::format("programme.{}.{}", toml_reader::key_text(name), fault.key)));
  }
  if (kind != nullptr) warn_outside_ranges(whole, *kind);
  return programme;
}

}  // namespace rathaus::model_folder
