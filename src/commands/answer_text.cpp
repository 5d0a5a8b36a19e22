#include "commands/answer_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

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

/// The label of a line, and what stands behind it.
std::string labelled(const std::string& label, const std::string& told) {
  return fmt::format("{:<10} {}\n", label, told);
}

/// The screen of one answer in one language.
class Screen {
 public:
  Screen(const Answer& answer, const Words& say, const Labels& labels)
      : answer_(answer), say_(say), labels_(labels) {}

  std::string question() const;
  std::string doubt() const;
  std::string across() const;
  using Figures = std::vector<DesignAnswer>;  // [scenario] under one theory, or over all
  std::string designs(const Figures& figures, const std::vector<std::size_t>& scenarios) const;
  std::string figures(const Figures& figures, const std::vector<std::size_t>& scenarios) const;
  std::string disagreement(const std::vector<std::size_t>& scenarios) const;
  std::string better() const;
  std::string decides(std::size_t theory, const std::vector<std::size_t>& scenarios) const;
  std::vector<std::size_t> shown(const Figures& figures) const;

 private:
  /// Shares are shown in percent.
  double factor() const {
    const analysis::NamedRatio* ratio = analysis::ratio_named(answer_.asked.metric);
    return ratio != nullptr && ratio->unit == "1" ? 100.0 : 1.0;
  }
  std::string unit() const {
    if (factor() == 100.0) return "%";
    return answer_.asked.unit == "1" ? "" : answer_.asked.unit;
  }
  /// Nothing but one run: no number has a range.
  bool single() const { return !answer_.by_points() && answer_.replicates == 1; }
  std::string number(double x, int digits = 2) const { return say_.digits(rounded(x, digits)); }
  std::string end(double x, double factor) const {
    return std::isinf(x) ? say_("c_no_bound") : number(x * factor);
  }
  std::string range(const Range& range, double factor, bool alone) const;
  std::string word(Verdict verdict) const {
    return say_(fmt::format("c_{}", analysis::verdict_names[static_cast<std::size_t>(verdict)]));
  }
  /// " under 'decision_rule=logit'", where there is more than one theory.
  std::string under(std::size_t theory) const {
    return answer_.theories.size() > 1
               ? say_("c_under", fmt::arg("theory", answer_.theories[theory]))
               : "";
  }
  std::string verdict(const DesignAnswer& design) const;
  std::string effects(std::size_t theory, std::size_t scenario) const;
  std::string group() const;
  const std::string& name(std::size_t scenario) const {
    return labels_.scenario(answer_.scenarios[scenario]);
  }

  const Answer& answer_;
  const Words& say_;
  const Labels& labels_;
};

/// "17 (12 to 20)"; one value where there is no range.
std::string Screen::range(const Range& range, double factor, bool alone) const {
  if (std::isnan(range.middle)) return "-";
  if (std::isinf(range.middle)) return say_("c_no_gain");
  if (alone) return number(range.middle * factor, 3);
  return say_("c_range", fmt::arg("middle", number(range.middle * factor)),
              fmt::arg("low", end(range.low, factor)), fmt::arg("high", end(range.high, factor)));
}

std::string Screen::verdict(const DesignAnswer& design) const {
  const analysis::Judged& judged = design.gain_judged;
  const std::string told = word(judged.verdict);
  if (single()) return told;
  if (!answer_.by_points()) return say_("c_by_chance", fmt::arg("verdict", told));
  return say_(judged.unwanted > 0 ? "c_counted_worse" : "c_counted", fmt::arg("verdict", told),
              fmt::arg("k", judged.wanted), fmt::arg("n", judged.points),
              fmt::arg("worse", judged.unwanted));
}

/// Scenarios in the order of the file; of many those with the largest gains.
std::vector<std::size_t> Screen::shown(const Figures& figures) const {
  std::vector<std::size_t> all;
  for (std::size_t s = 0; s < answer_.scenarios.size(); ++s)
    if (s != answer_.against_index) all.push_back(s);
  if (all.size() <= most_scenarios) return all;
  std::ranges::stable_sort(all, std::ranges::greater{}, [&](std::size_t s) {
    const double gain = figures[s].gain.middle;
    return std::isnan(gain) ? -INFINITY : answer_.asked.more ? gain : -gain;
  });
  all.resize(most_scenarios);
  std::ranges::sort(all);
  return all;
}

std::string Screen::group() const {
  std::string text;
  for (const auto& [grouping, labels] : answer_.asked.of.parts) {
    std::vector<std::string> names;
    for (const std::string& label : labels) names.push_back(say_.name(label));
    text += fmt::format("{}{}", text.empty() ? "" : ", ", fmt::join(names, say_("c_or")));
  }
  return text.empty() ? "" : say_("c_group", fmt::arg("group", text));
}

std::string Screen::question() const {
  const analysis::Asked& asked = answer_.asked;
  const std::string &own = say_.german() ? asked.de : asked.en,
                    &text = own.empty() ? asked.en : own;
  const std::string unit_of_gain = asked.cost() != nullptr || unit().empty() ? "" : " " + unit();
  return (text.empty() ? "" : labelled(say_("c_question"), text)) +
         say_(asked.in_numbers ? "c_asked" : "c_not_asked",
              fmt::arg("metric", say_.name(asked.metric)), fmt::arg("group", group()),
              fmt::arg("end", say_.end_of(asked.quarter)),
              fmt::arg("way", say_(asked.cost() != nullptr || !asked.more ? "q_less" : "q_more")),
              fmt::arg("smallest", number(answer_.smallest_gain * factor()) + unit_of_gain)) +
         "\n";
}

std::string Screen::across() const {
  const std::size_t points = answer_.points * answer_.theories.size();
  const std::size_t rank = analysis::rank_of_range(points);
  return say_("c_across", fmt::arg("against", name(answer_.against_index)),
              fmt::arg("points", points), fmt::arg("low", say_.place(rank)),
              fmt::arg("high", say_.place(points + 1 - rank)));
}

std::string Screen::doubt() const {
  const std::size_t rank = analysis::rank_of_range(answer_.points);
  const char* key = answer_.by_points()
                        ? (answer_.replicates == 1 ? "c_doubt_points" : "c_doubt_replicates")
                        : (answer_.replicates == 1 ? "c_doubt_one_run" : "c_doubt_chance");
  return labelled(
      say_("c_doubt"),
      say_(key, fmt::arg("points", answer_.points), fmt::arg("n", answer_.replicates),
           fmt::arg("low", say_.place(rank)),
           fmt::arg("high", say_.place(answer_.points + 1 - rank)),
           fmt::arg("shipped", answer_.doubt == "not_shipped" ? say_("c_not_shipped") : "")));
}

std::string Screen::designs(const Figures& figures,
                            const std::vector<std::size_t>& scenarios) const {
  Table table{{say_("c_design"), say_("c_programmes"), say_("c_offered"), say_("c_paid")},
              {},
              {false, false, true, true}};
  for (const std::size_t s : scenarios) {
    const DesignAnswer& design = figures[s];
    std::string names;
    for (const std::string& programme : answer_.programmes[s])
      names += (names.empty() ? "" : ", ") + labels_.programme(programme);
    constexpr std::size_t widest = 50;
    if (width(names) > widest)
      names = say_("c_so_many_programmes", fmt::arg("n", answer_.programmes[s].size()));
    table.rows.push_back({name(s), names.empty() ? say_("c_none") : names,
                          range(design.offered, 1.0 / million, true),
                          range(design.paid, 1.0 / million, single())});
  }
  return table.text();
}

std::string Screen::figures(const Figures& figures,
                            const std::vector<std::size_t>& scenarios) const {
  const bool is_cost = answer_.asked.cost() != nullptr;
  const std::string in_unit = unit().empty() ? "" : " [" + unit() + "]";
  Table table;
  table.head = {"", say_("c_verdict"), say_("c_reached") + (is_cost ? "" : in_unit),
                say_(is_cost ? "c_cost" : "c_additional") + in_unit};
  if (!answer_.anyway_at.empty()) {
    table.head.push_back(say_("c_anyway") + " [%]");
    table.head.push_back(say_("c_price"));
  }
  table.right.assign(table.head.size(), true);
  table.right[0] = table.right[1] = false;
  std::vector<std::size_t> rows{answer_.against_index};
  rows.insert(rows.end(), scenarios.begin(), scenarios.end());
  for (const std::size_t s : rows) {
    const DesignAnswer& design = figures[s];
    const bool other = s != answer_.against_index;
    std::vector<std::string> row{name(s), other ? verdict(design) : "",
                                 range(design.level, factor(), single()),
                                 range(design.gain, factor(), single())};
    if (!answer_.anyway_at.empty()) {
      row.push_back(range(design.anyway, 100.0, single()));
      row.push_back(range(design.cost, 1.0 / thousand, single()));
    }
    table.rows.push_back(std::move(row));
  }
  return table.text();
}

/// Of designs on which theories do not agree: the verdict under each.
std::string Screen::disagreement(const std::vector<std::size_t>& scenarios) const {
  std::string text;
  for (const std::size_t s : scenarios) {
    if (answer_.whole()[s].gain_judged.verdict != Verdict::mixed) continue;
    std::vector<std::string> each;
    for (std::size_t theory = 0; theory < answer_.theories.size(); ++theory)
      each.push_back(word(answer_.designs[theory][s].gain_judged.verdict) + under(theory));
    text += labelled(say_("c_differs"),
                     say_("c_disagree", fmt::arg("name", name(s)),
                          fmt::arg("each", fmt::format("{}", fmt::join(each, "; ")))));
  }
  return text;
}

/// Which design is the better one, or the pair and the theory at which that fails.
std::string Screen::better() const {
  if (!answer_.nearest || single()) return "";
  const bool many = answer_.theories.size() > 1;
  const std::size_t almost_all = analysis::almost_all(answer_.points);
  const auto needed = fmt::arg("needed", almost_all);
  const auto n = fmt::arg("n", answer_.points);
  if (answer_.best)
    return labelled(say_("c_better"), say_(answer_.by_points() ? "c_best" : "c_best_chance",
                                           fmt::arg("name", name(*answer_.best)), needed, n,
                                           fmt::arg("every", many ? say_("c_every_theory") : "")));
  return labelled(say_("c_better"), say_(answer_.by_points() ? "c_no_best" : "c_no_best_chance",
                                         fmt::arg("name", name(answer_.nearest->winner)),
                                         fmt::arg("other", name(answer_.nearest->loser)), needed, n,
                                         fmt::arg("k", answer_.nearest->points),
                                         fmt::arg("under", under(answer_.nearest->theory))));
}

/// "coop +0.62, u0 -0.51; 24 of 26 not told apart (|rho| < 0.43)"
std::string Screen::effects(std::size_t theory, std::size_t scenario) const {
  const std::vector<analysis::AssumptionEffect>& all = answer_.designs[theory][scenario].effects;
  std::vector<std::string> told;
  for (const analysis::AssumptionEffect& effect : all)
    if (effect.told_apart)
      told.push_back(fmt::format("{} {}", say_.number(effect.number),
                                 say_.digits(fmt::format("{:+.2f}", effect.correlation))));
  const std::size_t rest = all.size() - told.size();
  constexpr std::size_t most_told = 2;
  const std::size_t more = told.size() > most_told ? told.size() - most_told : 0;
  told.resize(std::min(told.size(), most_told));
  return labelled(
      say_("c_decides"),
      say_("c_effects", fmt::arg("name", name(scenario)), fmt::arg("under", under(theory)),
           fmt::arg("list", fmt::format("{}", fmt::join(told, ", "))),
           fmt::arg("more", more > 0 ? say_("c_more_effects", fmt::arg("n", more)) : ""),
           fmt::arg("rest", rest), fmt::arg("n", all.size()),
           fmt::arg("bound", say_.digits(fmt::format("{:.2f}", answer_.effect_bound[theory])))));
}

/// The same for several scenarios; one line where nothing is told apart for any of them.
std::string Screen::decides(std::size_t theory, const std::vector<std::size_t>& scenarios) const {
  const auto told_apart = [&](std::size_t s) {
    return std::ranges::any_of(answer_.designs[theory][s].effects,
                               [](const auto& effect) { return effect.told_apart; });
  };
  std::string text;
  for (const std::size_t s : scenarios)
    if (told_apart(s)) text += effects(theory, s);
  if (!text.empty() || scenarios.empty()) return text;
  const std::size_t numbers = answer_.designs[theory][scenarios.front()].effects.size();
  return numbers == 0
             ? ""
             : labelled(
                   say_("c_decides"),
                   say_("c_no_effect", fmt::arg("n", numbers), fmt::arg("under", under(theory)),
                        fmt::arg("bound", say_.digits(fmt::format("{:.2f}",
                                                                  answer_.effect_bound[theory])))));
}

}  // namespace

std::string answer_text(const std::string& title, const Answer& answer, const Words& say,
                        const Labels& labels, const std::string& theory) {
  const Screen screen(answer, say, labels);
  std::string text = title + "\n" + screen.question() + screen.doubt();
  const std::vector<std::size_t> theories = theories_named(answer.theories, theory);
  if (answer.theories.size() > 1)
    text += labelled(say("c_theories"), fmt::format("{}", fmt::join(answer.theories, "; ")));
  // over all theories, unless some are asked for
  const bool across = theory.empty() && !answer.across.empty();
  const auto& first = across ? answer.across : answer.designs[theories.front()];
  const std::vector<std::size_t> scenarios = screen.shown(first);
  if (!scenarios.empty()) text += "\n" + screen.designs(first, scenarios);
  const auto against = fmt::arg("against", labels.scenario(answer.against));
  if (across) text += "\n" + screen.across() + "\n" + screen.figures(first, scenarios);
  // as many theories as a screen has room for, one at least; the others in a line each
  constexpr std::size_t lines = 60, around = 16;
  const std::size_t block = scenarios.size() + 4;
  const std::size_t used = around + (scenarios.empty() ? 0 : scenarios.size() + 2) +
                           (across ? block + scenarios.size() : 0);
  const std::size_t room = lines > used ? (lines - used) / block : 0;
  const std::size_t whole = std::clamp<std::size_t>(room, across ? 0 : 1, theories.size());
  for (std::size_t i = 0; i < theories.size(); ++i) {
    const auto name = fmt::arg("theory", answer.theories[theories[i]]);
    if (i >= whole) {
      text += say("c_theory_left_out", name) + "\n";
      continue;
    }
    if (answer.theories.size() > 1)
      text += "\n" + say("c_under_over", name, against);
    else if (!scenarios.empty())
      text += "\n" + say("c_over", against);
    text += "\n" + screen.figures(answer.designs[theories[i]], scenarios);
  }
  if (const std::size_t all = answer.scenarios.size() - 1; all > scenarios.size())
    text += say("c_some_designs", fmt::arg("n", scenarios.size()), fmt::arg("all", all)) + "\n";
  text += "\n" + (across ? screen.disagreement(scenarios) : "") + screen.better();
  std::vector<std::size_t> decided = scenarios;
  if (answer.best) decided = {*answer.best};
  decided.resize(std::min(decided.size(), theories.size() > 1 ? std::size_t{1} : std::size_t{4}));
  for (const std::size_t shown : theories) text += screen.decides(shown, decided);
  if (!answer.anyway_at.empty() && !scenarios.empty())
    text += labelled(say("c_anyway"),
                     say(answer.anyway_after_payment ? "c_anyway_after" : "c_anyway_is",
                         fmt::arg("end", say.end_of(answer.anyway_at))));
  for (const std::string& warning : answer.warnings)
    text += say("c_warning", fmt::arg("text", say.said(warning))) + "\n";
  return text + say("c_simulated") + "\n";
}

}  // namespace rathaus::commands
