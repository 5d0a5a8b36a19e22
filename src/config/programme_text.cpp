#include "config/programme_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "config/unit_class.h"
#include "toml_reader/toml_text.h"

namespace rathaus::config {
namespace {

using model::Programme;

/// Top-level keys of a programme with their values, in a fixed order.
using Keys = std::vector<std::pair<std::string, std::string>>;

std::string table_text(const std::vector<std::string>& entries) {
  return entries.empty() ? "{}" : fmt::format("{{ {} }}", fmt::join(entries, ", "));
}

std::string entry(std::string_view key, const std::string& value) {
  return fmt::format("{} = {}", toml_reader::key_text(key), value);
}

std::string eur(model::Cents cents) {
  return toml_reader::number_text(static_cast<double>(cents) / 100.0);
}

template <class Names>
std::string classes_text(const model::ByClass& table, const Names& names, bool complete) {
  std::vector<std::string> entries;
  for (std::size_t c = 0; c < names.size(); ++c)
    if (complete || table.value[c] > 0.0)
      entries.push_back(entry(names[c], toml_reader::number_text(table.value[c])));
  return table_text(entries);
}

std::string by_class_text(const model::ByClass& table, bool complete) {
  if (table.kind == model::ClassKind::all) return toml_reader::number_text(table.value[0]);
  return table.kind == model::ClassKind::size
             ? classes_text(table, model::size_class_names, complete)
             : classes_text(table, model::fiscal_class_names, complete);
}

std::string ports_text(const Programme& programme, const Keys& always) {
  std::vector<std::string> entries;
  for (std::size_t p = 0; p < model::port_names.size(); ++p) {
    const std::string name(model::port_names[p]);
    const model::ByClass& gains = programme.ports[p];
    const bool named = std::ranges::find(always, name, &Keys::value_type::first) != always.end();
    if (programme.has(static_cast<model::Port>(p)) || named)
      entries.push_back(entry(name, by_class_text(gains, true)));
  }
  return table_text(entries);
}

std::string window_text(const model::Window& window, model::CalendarQuarter start) {
  const auto quarter = [&](std::int32_t t) {
    return toml_reader::string_text(model::CalendarQuarter::from_index(start.index() + t).text());
  };
  std::vector<std::string> entries{entry("first", quarter(window.first)),
                                   fmt::format("length = {}", window.length)};
  if (window.every > 0) {
    entries.push_back(fmt::format("every = {}", window.every));
    entries.push_back(entry("last", quarter(window.last)));
  }
  entries.push_back(fmt::format("announced = {}", window.announced));
  return table_text(entries);
}

std::string eligible_text(const model::Eligibility& eligible, const model_folder::Model& model) {
  std::vector<std::string> entries, sizes;
  if (eligible.population_at_least)
    sizes.push_back(fmt::format("at_least = {}", *eligible.population_at_least));
  if (eligible.population_below)
    sizes.push_back(fmt::format("below = {}", *eligible.population_below));
  if (!sizes.empty()) entries.push_back(entry("population", table_text(sizes)));
  if (eligible.fiscal_below)
    entries.push_back(entry("fiscal_below", toml_reader::number_text(*eligible.fiscal_below)));
  std::vector<std::string> classes, use_cases;
  for (const model::FiscalClass c : eligible.fiscal_class)
    classes.emplace_back(model::fiscal_class_names[static_cast<std::size_t>(c)]);
  for (const std::uint8_t u : eligible.use_cases)
    use_cases.push_back(model.use_cases[u].numbers.name);
  const auto list = [&](std::string_view key, const std::vector<std::string>& names) {
    if (!names.empty()) entries.push_back(entry(key, toml_reader::list_text(names)));
  };
  list("fiscal_class", classes);
  list("land", eligible.land);
  list("region", eligible.region);
  list("use_cases", use_cases);
  entries.push_back(fmt::format("coop_only = {}", eligible.coop_only));
  entries.push_back(fmt::format("demand_only = {}", eligible.demand_only));
  return table_text(entries);
}

std::string budget_text(const model::Budget& budget) {
  const char* kind = budget.kind == model::BudgetKind::per_year ? "per_year" : "total";
  return fmt::format("{{ {} = {}, carry_over = {} }}", kind, eur(budget.amount), budget.carry_over);
}

std::string award_text(const Programme& programme) {
  std::vector<std::string> entries{
      entry("rule", toml_reader::string_text(
                        model::award_rule_names[static_cast<std::size_t>(*programme.award)]))};
  if (programme.reserve.kind != model::ClassKind::all)
    entries.push_back(entry("reserve", by_class_text(programme.reserve, false)));
  return table_text(entries);
}

std::string bonus_text(const model::Bonus& bonus) {
  std::vector<std::string> entries;
  for (std::size_t b = 0; b < model::bonus_names.size(); ++b)
    if (bonus.given[b])
      entries.push_back(entry(model::bonus_names[b], toml_reader::number_text(*bonus.given[b])));
  return entries.empty() ? "" : table_text(entries);
}

/// `ports`: names that are written even where they are zero.
Keys keys_of(const Programme& programme, const Draft& draft, const Keys& ports) {
  Keys keys{{"field", toml_reader::string_text(model::action_field_names[programme.field])},
            {"ports", ports_text(programme, ports)},
            {"window", window_text(programme.window, draft.study.start)},
            {"early_start",
             toml_reader::string_text(model::early_start_words[programme.early_start ? 1 : 0])}};
  if (programme.wait) keys.emplace_back("wait", toml_reader::number_text(*programme.wait));
  if (programme.budget.kind != model::BudgetKind::unlimited)
    keys.emplace_back("budget", budget_text(programme.budget));
  if (const std::string bonus = bonus_text(programme.bonus); !bonus.empty())
    keys.emplace_back("bonus", bonus);
  if (programme.cap_per_award) keys.emplace_back("cap_per_award", eur(*programme.cap_per_award));
  if (programme.least_award) keys.emplace_back("least_award", eur(*programme.least_award));
  if (!programme.required.empty())
    keys.emplace_back("requires", toml_reader::string_text(programme.required));
  keys.emplace_back("eligible", eligible_text(programme.eligible, draft.model));
  keys.emplace_back("effort", fmt::format("{{ application_days = {} }}",
                                          toml_reader::number_text(programme.application_days)));
  if (programme.award) keys.emplace_back("award", award_text(programme));
  keys.emplace_back("joint", programme.joint ? "true" : "false");
  if (programme.sites) keys.emplace_back("sites", std::to_string(*programme.sites));
  keys.emplace_back("open_min", toml_reader::number_text(programme.open_min));
  if (const auto& cost = programme.funder_cost)
    keys.emplace_back(
        "funder_cost",
        fmt::format("{{ per_year = {}, per_application = {}, per_award = {} }}",
                    eur(cost->per_year), eur(cost->per_application), eur(cost->per_award)));
  if (programme.unit_cost)
    keys.emplace_back("unit_cost", toml_reader::number_text(*programme.unit_cost));
  return keys;
}

void write_evidence(std::string& out, const Draft& draft, const std::string& programme) {
  for (const study::Evidence& gain : draft.study.gains)
    if (gain.name.starts_with(programme + '.'))
      out += fmt::format("# {}: [{}], {} to {}, {}: {}\n", gain.name.substr(programme.size() + 1),
                         toml_reader::comment_text(gain.unit), toml_reader::number_text(gain.low),
                         toml_reader::number_text(gain.high), gain.grade,
                         toml_reader::comment_text(gain.source));
}

/// Ports that some scenario changes have to be there to be changed.
Keys changed_ports(const Draft& draft, const std::string& name) {
  Keys ports;
  for (const study::Scenario& scenario : draft.study.scenarios)
    for (const Programme& programme : scenario.programmes)
      if (programme.name == name)
        for (std::size_t p = 0; p < model::port_names.size(); ++p)
          if (programme.has(static_cast<model::Port>(p)))
            ports.emplace_back(model::port_names[p], "");
  return ports;
}

void write_label(std::string& out, const std::map<std::string, Label>& labels,
                 const std::string& name) {
  if (const auto found = labels.find(name); found != labels.end())
    out += fmt::format("label = {}\n", label_text(found->second));
}

void write_scenario(std::string& out, const Draft& draft, std::size_t s) {
  const study::Scenario& scenario = draft.study.scenarios[s];
  std::vector<std::string> names;
  for (const Programme& programme : scenario.programmes) names.push_back(programme.name);
  out += fmt::format("\n[scenario.{}]\n", toml_reader::key_text(scenario.name));
  write_label(out, draft.scenario_labels, scenario.name);
  if (s == draft.study.baseline) out += "baseline = true\n";
  out += fmt::format("programmes = {}\n", toml_reader::list_text(names));
  for (const Programme& programme : scenario.programmes) {
    const auto base = std::ranges::find(draft.programmes, programme.name, &Programme::name);
    const Keys ports = changed_ports(draft, programme.name);
    const Keys from = keys_of(*base, draft, ports), to = keys_of(programme, draft, ports);
    for (const auto& [key, value] : to)
      if (std::ranges::find(from, std::pair(key, value)) == from.end())
        out +=
            fmt::format("change.{}.{} = {}\n", toml_reader::key_text(programme.name), key, value);
  }
}

void write_target(std::string& out, const Draft& draft, const study::Target& target) {
  out += fmt::format("\n[[target]]\nindicator = {}\n", toml_reader::string_text(target.indicator));
  if (!target.of.is_all()) out += "group = " + class_text(target.of) + "\n";
  if (target.share) out += "share = true\n";
  if (target.start) out += fmt::format("start = {}\n", toml_reader::number_text(*target.start));
  out +=
      fmt::format("by = \"{}\"\n{} = {}\n",
                  model::CalendarQuarter::from_index(draft.study.start.index() + target.by).text(),
                  target.at_least ? "at_least" : "at_most",
                  toml_reader::number_text(target.at_least ? *target.at_least : *target.at_most));
}

}  // namespace

std::string scenarios_text(const Draft& draft) {
  std::string out;
  for (std::size_t k = 0; k < draft.programmes.size(); ++k) {
    const Programme& programme = draft.programmes[k];
    out += fmt::format("\n[programme.{}]\n", toml_reader::key_text(programme.name));
    write_label(out, draft.programme_labels, programme.name);
    if (!draft.programme_from[k].empty())
      out += fmt::format("from = {}\n", toml_reader::string_text(draft.programme_from[k]));
    write_evidence(out, draft, programme.name);
    for (const auto& [key, value] : keys_of(programme, draft, changed_ports(draft, programme.name)))
      out += fmt::format("{} = {}\n", key, value);
  }
  for (std::size_t s = 0; s < draft.study.scenarios.size(); ++s) write_scenario(out, draft, s);
  for (const study::Target& target : draft.study.targets) write_target(out, draft, target);
  return out;
}

}  // namespace rathaus::config
