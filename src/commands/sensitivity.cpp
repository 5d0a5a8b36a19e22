#include "analysis/sensitivity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/commands.h"
#include "commands/load.h"
#include "commands/table.h"
#include "hdf5/file.h"

namespace rathaus::commands {
namespace {

struct SensitivityCommand {
  std::filesystem::path file;
  std::string indicator = "adopters";
  std::string quarter;           //!< label or index; empty: the last
  std::string format = "table";  //!< table, csv or json
};

using analysis::Bounded;
using analysis::Effect;
using analysis::Outcome;
using analysis::Sensitivity;

std::string text(double x) {
  return std::isnan(x) ? "-" : fmt::format("{:.3g}", x);
}

std::string text(const Bounded& b) {
  if (std::isnan(b.value)) return "-";
  if (std::isnan(b.low) || std::isnan(b.high)) return text(b.value) + " [no interval]";
  return fmt::format("{} [{}, {}]", text(b.value), text(b.low), text(b.high));
}

std::string title_of(const Sensitivity& s, const Outcome& outcome) {
  return fmt::format("{} {}{} of {} in {}{}", outcome.scenario,
                     outcome.gain ? "gain over the baseline" : "level",
                     outcome.alternative.empty() ? "" : " under " + outcome.alternative,
                     s.indicator, s.quarter, s.unit == "1" ? "" : " [" + s.unit + "]");
}

/// Numbers that matter most come first.
std::vector<Effect> ranked(const Sensitivity& s, std::vector<Effect> effects) {
  const auto size = [&](const Effect& e) {
    const double x = s.method == "sobol" ? e.total.value : e.absolute.value;
    return std::isnan(x) ? -1.0 : x;
  };
  std::ranges::stable_sort(effects, std::greater{}, size);
  return effects;
}

void print_table(const Sensitivity& s) {
  fmt::print("{} design, means over {} replicates; 95 % intervals in brackets\n\n", s.method,
             s.replicates);
  for (const Outcome& outcome : s.outcomes) {
    Table table;
    if (s.method == "sobol")
      table.head = {"number", "alone (S)", "with all others (S_T)"};
    else
      table.head = {"number", "mean absolute effect (mu*)", "mean effect (mu)", "spread (sigma)"};
    table.right = {false, true, true, true};
    for (const Effect& e : ranked(s, outcome.effects))
      table.rows.push_back(s.method == "sobol"
                               ? std::vector<std::string>{e.parameter, text(e.first), text(e.total)}
                               : std::vector<std::string>{e.parameter, text(e.absolute),
                                                          text(e.mean), text(e.spread)});
    fmt::print("{}\n{}\n", title_of(s, outcome), table.text());
  }
  if (s.method == "sobol")
    fmt::print(
        "S: share of the variance over the points that a number explains alone; S_T: share that "
        "it takes\npart in. Negative values and sums above 1 are noise of few points.\n");
  else
    fmt::print(
        "Effects are per whole range of a number. A spread as large as the mean absolute effect "
        "tells of\ninteraction or curvature.\n");
}

void print_csv(const Sensitivity& s) {
  Table table;
  table.head = {"scenario", "alternative",  "kind",          "indicator", "quarter",   "number",
                "first",    "first_low",    "first_high",    "total",     "total_low", "total_high",
                "absolute", "absolute_low", "absolute_high", "mean",      "spread"};
  const auto plain = [](double x) { return std::isnan(x) ? "" : fmt::format("{}", x); };
  for (const Outcome& outcome : s.outcomes)
    for (const Effect& e : outcome.effects) {
      std::vector<std::string> row{
          outcome.scenario, outcome.alternative, outcome.gain ? "gain" : "level",
          s.indicator,      s.quarter,           e.parameter};
      for (const Bounded& b : {e.first, e.total, e.absolute})
        for (const double x : {b.value, b.low, b.high}) row.push_back(plain(x));
      row.push_back(plain(e.mean));
      row.push_back(plain(e.spread));
      table.rows.push_back(std::move(row));
    }
  fmt::print("{}", table.text(TableFormat::csv));
}

void print_json(const Sensitivity& s) {
  using nlohmann::ordered_json;
  const auto number = [](double x) { return std::isnan(x) ? ordered_json() : ordered_json(x); };
  const auto bounded = [&](const Bounded& b) {
    return ordered_json{
        {"value", number(b.value)}, {"low", number(b.low)}, {"high", number(b.high)}};
  };
  ordered_json all{
      {"method", s.method},   {"indicator", s.indicator},   {"unit", s.unit},
      {"quarter", s.quarter}, {"replicates", s.replicates}, {"outcomes", ordered_json::array()}};
  for (const Outcome& outcome : s.outcomes) {
    ordered_json effects = ordered_json::array();
    for (const Effect& e : outcome.effects)
      effects.push_back({{"number", e.parameter},
                         {"first", bounded(e.first)},
                         {"total", bounded(e.total)},
                         {"absolute", bounded(e.absolute)},
                         {"mean", number(e.mean)},
                         {"spread", number(e.spread)}});
    all["outcomes"].push_back({{"scenario", outcome.scenario},
                               {"alternative", outcome.alternative},
                               {"kind", outcome.gain ? "gain" : "level"},
                               {"effects", effects}});
  }
  fmt::print("{}\n", all.dump(1));
}

int sensitivity(const SensitivityCommand& command) {
  const hdf5::File file = open_result(command.file);
  const Sensitivity s = analysis::sensitivity(file.root(), command.indicator, command.quarter);
  if (command.format == "csv")
    print_csv(s);
  else if (command.format == "json")
    print_json(s);
  else
    print_table(s);
  return done;
}

}  // namespace

Command sensitivity_command() {
  return command<SensitivityCommand>(
      "sensitivity", "which uncertain numbers matter: Sobol or Morris", &sensitivity,
      [](auto& asked) {
        return std::vector<Option>{
            option("file", asked.file, "result file", "FILE.h5").required(),
            option("--indicator", asked.indicator, "indicator (default: adopters)", "NAME"),
            option("--quarter", asked.quarter, "quarter (default: the last)", "QUARTER"),
            option("--format", asked.format, "table, csv or json", "FORMAT")
                .one_of({"table", "csv", "json"})};
      });
}

}  // namespace rathaus::commands
