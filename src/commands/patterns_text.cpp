#include "commands/patterns_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "commands/table.h"

namespace rathaus::commands {
namespace {

using patterns::Judgement;
using patterns::Pattern;
using patterns::Verdict;

std::string number(double x) {
  return fmt::format("{:.3g}", x == 0.0 ? 0.0 : x);
}

/// "0.061 [0.059, 0.063]"
std::string simulated(const Judgement& j) {
  if (std::isnan(j.value)) return "-";
  if (std::isinf(j.value)) return "infinite";
  if (std::isnan(j.low)) return number(j.value);
  return fmt::format("{} [{}, {}]", number(j.value), number(j.low), number(j.high));
}

std::string word(Verdict verdict) {
  return std::string(patterns::verdict_names[static_cast<std::size_t>(verdict)]);
}

std::string role(const Pattern& pattern) {
  return std::string(patterns::role_names[static_cast<std::size_t>(pattern.role)]);
}

std::string target(const Pattern& pattern) {
  return pattern.not_held.empty() ? pattern.criterion.text() : "-";
}

std::string summary(const std::vector<JudgedPattern>& judged) {
  std::string text;
  for (std::size_t v = 0; v < patterns::verdict_names.size(); ++v) {
    const auto count = std::ranges::count_if(judged, [&](const JudgedPattern& one) {
      return one.judgement.verdict == static_cast<Verdict>(v);
    });
    text += fmt::format("{}{} {}", v == 0 ? "" : ", ", count, patterns::verdict_names[v]);
  }
  return text;
}

}  // namespace

std::string patterns_table(const std::vector<JudgedPattern>& judged) {
  Table table{{"id", "pattern", "target", "simulated", "runs", "verdict", "grade", "role"}, {}, {}};
  std::string reasons;
  for (const auto& [pattern, j] : judged) {
    const std::string runs =
        j.runs == 0 ? "-"
                    : fmt::format("{}/{}{}", j.runs_met, j.runs, j.runs < j.runs_all ? "*" : "");
    table.rows.push_back({pattern.id, pattern.title, target(pattern), simulated(j), runs,
                          word(j.verdict), pattern.grade, role(pattern)});
    if (j.verdict == Verdict::not_measured)
      reasons += fmt::format("{}: not measured: {}\n", pattern.id, j.why);
    else if (j.runs < j.runs_all)
      reasons += fmt::format("{}: * {} of {} runs have no value: {}\n", pattern.id,
                             j.runs_all - j.runs, j.runs_all, j.why);
  }
  return table.text() + "\n" + summary(judged) + "\n" + reasons +
         "simulated: ratio of means over replicates and its 95 % interval, by chance alone; runs: "
         "how many meet the\ntarget each for itself; unclear: the interval reaches across a bound "
         "of "
         "the target.\n";
}

std::string patterns_csv(const std::vector<JudgedPattern>& judged) {
  Table table;
  table.head = {"id",      "pattern",   "low",        "target", "high",
                "value",   "value_low", "value_high", "runs",   "runs_met",
                "verdict", "grade",     "role",       "source", "why"};
  const auto plain = [](double x) { return std::isfinite(x) ? fmt::format("{}", x) : ""; };
  for (const auto& [pattern, j] : judged) {
    const auto& c = pattern.criterion;
    table.rows.push_back({pattern.id, pattern.title, plain(c.low),
                          c.target ? fmt::format("{}", *c.target) : "", plain(c.high),
                          std::isinf(j.value) ? "inf" : plain(j.value), plain(j.low), plain(j.high),
                          fmt::format("{}", j.runs), fmt::format("{}", j.runs_met), word(j.verdict),
                          pattern.grade, role(pattern), pattern.source, j.why});
  }
  return table.text(TableFormat::csv);
}

std::string patterns_json(const std::vector<JudgedPattern>& judged) {
  using json = nlohmann::ordered_json;
  const auto plain = [](double x) { return std::isfinite(x) ? json(x) : json(); };
  json all = json::array();
  for (const auto& [pattern, j] : judged) {
    const auto& c = pattern.criterion;
    all.push_back({{"id", pattern.id},
                   {"pattern", pattern.title},
                   {"target", c.target ? json(*c.target) : json()},
                   {"low", plain(c.low)},
                   {"high", plain(c.high)},
                   {"value", std::isinf(j.value) ? json("infinite") : plain(j.value)},
                   {"value_low", plain(j.low)},
                   {"value_high", plain(j.high)},
                   {"runs", j.runs},
                   {"runs_met", j.runs_met},
                   {"verdict", word(j.verdict)},
                   {"grade", pattern.grade},
                   {"role", role(pattern)},
                   {"source", pattern.source},
                   {"note", pattern.note},
                   {"why", j.why}});
  }
  return json{{"patterns", all}}.dump(1) + "\n";
}

}  // namespace rathaus::commands
