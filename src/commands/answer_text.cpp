#include "commands/answer_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "analysis/quarters.h"
#include "commands/table.h"
#include "commands/theories.h"

namespace rathaus::commands {
namespace {

using analysis::Answer;
using analysis::DesignAnswer;
using analysis::Range;
using analysis::Verdict;

constexpr std::size_t most_scenarios = 11;  // of a screen
constexpr double thousand = 1e3, million = 1e6;

/// Shares are shown in percent.
double factor_of(const Answer& answer) {
  const analysis::NamedRatio* ratio = analysis::ratio_named(answer.asked.metric);
  return ratio != nullptr && ratio->unit == "1" ? 100.0 : 1.0;
}

std::string unit_of(const Answer& answer) {
  if (factor_of(answer) == 100.0) return "%";
  return answer.asked.unit == "1" ? "" : answer.asked.unit;
}

std::string end_text(double x, double factor) {
  return std::isinf(x) ? "no bound" : rounded(x * factor, 2);
}

/// "17 (12 to 20)"; one value where there is no range.
std::string range_text(const Range& range, double factor, bool is_single) {
  if (std::isnan(range.middle)) return "-";
  if (std::isinf(range.middle)) return "no gain";
  if (is_single) return rounded(range.middle * factor, 3);
  return fmt::format("{} ({} to {})", rounded(range.middle * factor, 2),
                     end_text(range.low, factor), end_text(range.high, factor));
}

std::string verdict_text(const Answer& answer, const DesignAnswer& design) {
  const std::string name =
      design.gain_judged.verdict == Verdict::no_difference
          ? "no difference"
          : std::string(
                analysis::verdict_names[static_cast<std::size_t>(design.gain_judged.verdict)]);
  if (!answer.by_points()) return name + " (chance alone)";
  return fmt::format("{} ({} of {}{})", name, design.gain_judged.wanted, design.gain_judged.points,
                     design.gain_judged.unwanted > 0
                         ? fmt::format(", worse at {}", design.gain_judged.unwanted)
                         : "");
}

/// Scenarios in the order of the file; of many those with the largest gains.
std::vector<std::size_t> shown(const Answer& answer, std::size_t theory) {
  std::vector<std::size_t> all;
  for (std::size_t s = 0; s < answer.scenarios.size(); ++s)
    if (s != answer.against_index) all.push_back(s);
  if (all.size() <= most_scenarios) return all;
  std::ranges::stable_sort(all, std::ranges::greater{}, [&](std::size_t s) {
    const double gain = answer.designs[theory][s].gain.middle;
    return std::isnan(gain) ? -INFINITY : answer.asked.more ? gain : -gain;
  });
  all.resize(most_scenarios);
  std::ranges::sort(all);
  return all;
}

std::string question_lines(const Answer& answer) {
  const analysis::Asked& asked = answer.asked;
  std::string text;
  if (!asked.en.empty()) text += fmt::format("question   {}\n", asked.en);
  text += fmt::format(
      "{} {}{} at the {}; {} is better, a gain below {}{} counts as none\n",
      asked.in_numbers ? "in numbers" : "no numbers are asked for, so", asked.metric,
      asked.group.empty() ? "" : " of " + asked.label(), analysis::end_of(asked.quarter),
      asked.cost() != nullptr || !asked.more ? "less" : "more",
      rounded(answer.smallest_gain * factor_of(answer), 2),
      asked.cost() != nullptr || unit_of(answer).empty() ? "" : " " + unit_of(answer));
  if (answer.by_points())
    text += fmt::format(
        "doubt      {} points, {} replicate{} each; ranges are the {} to the {} of {} points: {}\n",
        answer.points, answer.replicates, answer.replicates == 1 ? "" : "s",
        ordinal(std::max<std::size_t>(1, answer.points / 24)),
        ordinal(answer.points + 1 - std::max<std::size_t>(1, answer.points / 24)), answer.points,
        answer.replicates == 1 ? "chance and ignorance together" : "ignorance");
  else
    text += fmt::format(
        "doubt      none: {} replicate{} at one vector{}; {}what the model does not know is "
        "wider\n",
        answer.replicates, answer.replicates == 1 ? "" : "s",
        answer.doubt == "not_shipped" ? " (the model ships no ensemble)" : "",
        answer.replicates == 1 ? "one run says nothing about chance, and "
                               : "ranges are chance alone, ");
  return text;
}

std::string designs_text(const Answer& answer, std::size_t theory,
                         const std::vector<std::size_t>& scenarios) {
  Table table{{"design", "programmes", "offered [million EUR]", "paid [million EUR]"},
              {},
              {false, false, true, true}};
  const bool single = !answer.by_points() && answer.replicates == 1;
  for (const std::size_t s : scenarios) {
    const DesignAnswer& design = answer.designs[theory][s];
    std::string names = fmt::format("{}", fmt::join(answer.programmes[s], ", "));
    constexpr std::size_t widest = 50;
    if (width(names) > widest) names = fmt::format("{} programmes", answer.programmes[s].size());
    table.rows.push_back({answer.scenarios[s], names.empty() ? "none" : names,
                          range_text(design.offered, 1.0 / million, true),
                          range_text(design.paid, 1.0 / million, single)});
  }
  return table.text();
}

std::string figures_text(const Answer& answer, std::size_t theory,
                         const std::vector<std::size_t>& scenarios) {
  const analysis::Asked& asked = answer.asked;
  const double factor = factor_of(answer);
  const std::string unit = unit_of(answer).empty() ? "" : " [" + unit_of(answer) + "]";
  const bool is_cost = asked.cost() != nullptr,
             single = !answer.by_points() && answer.replicates == 1;
  Table table;
  table.head = {"", "verdict", is_cost ? "reached" : "reached" + unit,
                is_cost ? "cost" + unit : "additional" + unit};
  if (!answer.anyway_at.empty()) {
    table.head.emplace_back("anyway [%]");
    table.head.emplace_back("for one more unit [1,000 EUR]");
  }
  table.right.assign(table.head.size(), true);
  table.right[0] = table.right[1] = false;
  std::vector<std::size_t> rows{answer.against_index};
  rows.insert(rows.end(), scenarios.begin(), scenarios.end());
  for (const std::size_t s : rows) {
    const DesignAnswer& design = answer.designs[theory][s];
    const bool other = s != answer.against_index;
    std::vector<std::string> row{answer.scenarios[s], other ? verdict_text(answer, design) : "",
                                 range_text(design.level, factor, single),
                                 range_text(design.gain, factor, single)};
    if (!answer.anyway_at.empty()) {
      row.push_back(range_text(design.anyway, 100.0, single));
      row.push_back(range_text(design.cost, 1.0 / thousand, single));
    }
    table.rows.push_back(std::move(row));
  }
  return table.text();
}

/// Which design is the better one, or the pair and the theory at which that fails.
std::string duel_text(const Answer& answer) {
  if (!answer.nearest || (!answer.by_points() && answer.replicates == 1)) return "";
  const bool many = answer.theories.size() > 1;
  const std::size_t needed = analysis::almost_all(answer.points);
  if (answer.best)
    return fmt::format(
        "better     '{}' beats every other design{}{}\n", answer.scenarios[*answer.best],
        answer.by_points() ? fmt::format(" at {} or more of {} points", needed, answer.points)
                           : " (chance alone)",
        many ? " under every theory" : "");
  const std::string &winner = answer.scenarios[answer.nearest->winner],
                    &loser = answer.scenarios[answer.nearest->loser];
  if (!answer.by_points())
    return fmt::format("better     no design: '{}' is not told from '{}'\n", winner, loser);
  return fmt::format(
      "better     no design beats all others at {} of {} points; nearest: '{}' beats '{}' at {} of "
      "{} "
      "points{}\n",
      needed, answer.points, winner, loser, answer.nearest->points, answer.points,
      many ? fmt::format(" under '{}'", answer.theories[answer.nearest->theory]) : "");
}

/// "coop +0.62, u0 -0.51; 24 others are not told apart (|rho| below 0.43)"
std::string effects_text(const Answer& answer, std::size_t theory, std::size_t scenario) {
  const std::vector<analysis::AssumptionEffect>& effects = answer.designs[theory][scenario].effects;
  if (effects.empty()) return "";
  std::vector<std::string> told;
  for (const analysis::AssumptionEffect& effect : effects)
    if (effect.told_apart)
      told.push_back(fmt::format("{} {:+.2f}", effect.number, effect.correlation));
  const std::size_t rest = effects.size() - told.size();
  constexpr std::size_t most_told = 2;
  const std::size_t more = told.size() > most_told ? told.size() - most_told : 0;
  told.resize(std::min(told.size(), most_told));
  return fmt::format("decides    gain of '{}': {}{}{} of {} not told apart (|rho| < {:.2f})\n",
                     answer.scenarios[scenario], fmt::join(told, ", "),
                     more > 0       ? fmt::format(" and {} more; ", more)
                     : told.empty() ? ""
                                    : "; ",
                     rest, effects.size(), answer.effect_bound);
}

/// The same for several scenarios; one line where nothing is told apart for any of them.
std::string decides_text(const Answer& answer, std::size_t theory,
                         const std::vector<std::size_t>& scenarios) {
  const auto told_apart = [&](std::size_t s) {
    return std::ranges::any_of(answer.designs[theory][s].effects,
                               [](const auto& effect) { return effect.told_apart; });
  };
  std::string text;
  for (const std::size_t s : scenarios)
    if (told_apart(s)) text += effects_text(answer, theory, s);
  if (!text.empty() || scenarios.empty()) return text;
  const std::size_t numbers = answer.designs[theory][scenarios.front()].effects.size();
  return numbers == 0 ? ""
                      : fmt::format(
                            "decides    none of {} numbers is told apart from chance (|rho| "
                            "below {:.2f})\n",
                            numbers, answer.effect_bound);
}

}  // namespace

std::string answer_text(const std::string& title, const Answer& answer, const std::string& theory) {
  std::string text = title + "\n" + question_lines(answer);
  const std::vector<std::size_t> theories = theories_named(answer.theories, theory);
  if (answer.theories.size() > 1)
    text += fmt::format("theories   {}\n", fmt::join(answer.theories, "; "));
  const std::vector<std::size_t> scenarios = shown(answer, theories.front());
  if (!scenarios.empty()) text += "\n" + designs_text(answer, theories.front(), scenarios);
  // as many theories as a screen has room for, one at least; verdicts of the others in a line each
  constexpr std::size_t screen = 60, around = 14;
  const std::size_t block = scenarios.size() + 4;
  const std::size_t room = screen - around - (scenarios.empty() ? 0 : scenarios.size() + 2);
  const std::size_t whole = std::clamp<std::size_t>(room / block, 1, theories.size());
  for (std::size_t i = 0; i < whole; ++i) {
    if (answer.theories.size() > 1)
      text += fmt::format("\nunder '{}', over '{}'", answer.theories[theories[i]], answer.against);
    else if (!scenarios.empty())
      text += fmt::format("\ngains over '{}'", answer.against);
    text += "\n" + figures_text(answer, theories[i], scenarios);
  }
  for (std::size_t i = whole; i < theories.size(); ++i)
    text += fmt::format("under '{}': not shown here, --theory '{}' does\n",
                        answer.theories[theories[i]], answer.theories[theories[i]]);
  if (const std::size_t all = answer.scenarios.size() - 1; all > scenarios.size())
    text +=
        fmt::format("{} of {} designs are shown, those with the largest gains; --full shows all\n",
                    scenarios.size(), all);
  text += "\n" + duel_text(answer);
  constexpr std::size_t most_effects = 4;
  text += decides_text(answer, theories.front(),
                       answer.best
                           ? std::vector{*answer.best}
                           : std::vector(scenarios.begin(),
                                         scenarios.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                 scenarios.size(), most_effects))));
  if (!answer.anyway_at.empty() && !scenarios.empty())
    text += fmt::format(
        "anyway     of the funded units with AI, those that would have it without, at the {}\n",
        analysis::end_of(answer.anyway_at));
  for (const std::string& warning : answer.warnings) text += "warning: " + warning + "\n";
  text +=
      "simulated, never observed; --full prints every table, --section one, --metric, --group and "
      "--quarter ask\nanother question; what each word and number means: docs/metrics.md\n";
  return text;
}

}  // namespace rathaus::commands
