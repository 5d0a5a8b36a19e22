#include "commands/advice.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/ratios.h"
#include "analysis/statistics.h"
#include "commands/table.h"
#include "model/world.h"
#include "record/measure.h"

namespace rathaus::commands {
namespace {

using model::BudgetKind;
using model::Programme;
using study::Scenario;
using study::Study;
using study::Target;

/// How many calendar years have an open quarter: a pot by the year is filled so often [ODD eq. 61].
std::uint32_t years_open(const Study& study, const Programme& programme) {
  std::uint32_t years = 0;
  std::int32_t last = -1;
  for (std::int32_t t = 0; t < static_cast<std::int32_t>(study.quarters); ++t) {
    const std::int32_t year = (study.start.index() + t) / 4;
    if (!programme.window.contains(t) || year == last) continue;
    last = year;
    ++years;
  }
  return years;
}

/// What a programme offers over the whole run [EUR].
double offered(const Study& study, const Programme& programme) {
  const double pot = static_cast<double>(programme.budget.amount) / 100.0;
  return programme.budget.kind == BudgetKind::per_year ? pot * years_open(study, programme) : pot;
}

/// Who meets the conditions of a programme that never change.
struct Eligible {
  std::size_t units = 0;
  std::size_t in_groups = 0;  //!< of these, in IT-provider groups of two and more
  std::int64_t inhabitants = 0;
};

/// By programme of a scenario.
std::vector<Eligible> eligible_of(const Loaded& loaded, std::size_t scenario) {
  const model::World world(loaded.population.municipalities,
                           study::rules_of(loaded.study, {0, 0, 0}, scenario, false),
                           loaded.study.quarters);
  std::vector<Eligible> all(world.rules.programmes.size());
  for (std::size_t k = 0; k < all.size(); ++k)
    for (std::size_t unit = 0; unit < world.admissible.size(); ++unit) {
      if ((world.admissible[unit] >> k & 1u) == 0) continue;
      ++all[k].units;
      all[k].in_groups += world.provider_size[world.provider[unit]] > 1;
      all[k].inhabitants += loaded.population.municipalities.population[unit];
    }
  return all;
}

/// A programme as a scenario runs it.
struct Support {
  std::string scenarios;  //!< those that run it so
  const Programme* programme;
  Eligible eligible;
};

/// Every programme once, or once for each way in which scenarios run it.
std::vector<Support> support_of(const Loaded& loaded) {
  const Study& study = loaded.study;
  std::vector<Support> all;
  for (std::size_t s = 0; s < study.scenarios.size(); ++s) {
    const Scenario& scenario = study.scenarios[s];
    if (scenario.programmes.empty()) continue;
    const std::vector<Eligible> eligible = eligible_of(loaded, s);
    for (std::size_t k = 0; k < scenario.programmes.size(); ++k) {
      const Programme& programme = scenario.programmes[k];
      const auto same = std::ranges::find_if(all, [&](const Support& other) {
        return other.programme->name == programme.name &&
               other.eligible.units == eligible[k].units &&
               offered(study, *other.programme) == offered(study, programme);
      });
      if (same == all.end())
        all.push_back({scenario.name, &programme, eligible[k]});
      else
        same->scenarios += ", " + scenario.name;
    }
  }
  return all;
}

/// Whether the scenarios with programmes offer the same money in all; empty if there are fewer than
/// two. What is offered is not what is paid.
std::string money_line(const Study& study) {
  std::vector<std::pair<std::string, double>> sums;
  bool unlimited = false;
  for (const Scenario& scenario : study.scenarios) {
    if (scenario.programmes.empty()) continue;
    double sum = 0.0;
    for (const Programme& programme : scenario.programmes) {
      unlimited = unlimited || programme.budget.kind == BudgetKind::unlimited;
      sum += offered(study, programme);
    }
    sums.emplace_back(scenario.name, sum);
  }
  if (sums.size() < 2) return "";
  const auto [least, most] =
      std::ranges::minmax_element(sums, {}, &std::pair<std::string, double>::second);
  if (unlimited) return "same money: not told, some programme has no budget";
  if (most->second - least->second < 0.01)
    return fmt::format("same money: yes, {} EUR are offered in each scenario",
                       grouped(least->second));
  return fmt::format("same money: no, from {} EUR in '{}' to {} EUR in '{}'",
                     grouped(least->second), least->first, grouped(most->second), most->first);
}

/// What groups offer takes nothing off their members, under any theory and at any point.
bool never_relieves(const Study& study) {
  const auto relieves = [](const model::Rules& rules) {
    return rules.parameters.offer_relief > 0.0;
  };
  return !relieves(study.rules) &&
         std::ranges::none_of(study.alternatives, relieves, &study::Alternative::rules) &&
         std::ranges::find(study.uncertain, "offer_relief", &study::Uncertain::path) ==
             study.uncertain.end();
}

void advise_on_support(const Loaded& loaded, std::vector<std::string>& told) {
  constexpr double few = 1.0, hardly = 100.0;  // EUR a unit; EUR in all
  for (const Support& support : support_of(loaded)) {
    const std::string who =
        fmt::format("programme '{}' of {}", support.programme->name, support.scenarios);
    const double money = offered(loaded.study, *support.programme);
    const model::Window& window = support.programme->window;
    if (loaded.study.rules.spin_up > 0 && window.announced > window.first)
      told.push_back(
          fmt::format("{}: it is announced {} quarters ahead and first opens {} after the results "
                      "begin (nobody hears of a call before time.start) start the results earlier "
                      "if waiting matters",
                      who, window.announced, window.first));
    if (support.eligible.units == 0)
      told.push_back(
          fmt::format("{}: nobody is eligible (no unit of the population meets its "
                      "conditions) loosen [eligible]",
                      who));
    else if (support.programme->budget.kind != BudgetKind::unlimited && money > 0.0 &&
             (money < hardly || money / static_cast<double>(support.eligible.units) < few))
      told.push_back(
          fmt::format("{}: {} EUR in all are offered to {} eligible units (6.000 is six in "
                      "TOML) write thousands like 6_000",
                      who, fmt::format("{:g}", money), support.eligible.units));
    if (support.programme->budget.kind == BudgetKind::unlimited &&
        !support.programme->gives_grants() && support.programme->unit_cost.value_or(0.0) > 0.0)
      told.push_back(
          fmt::format("{}: it costs nothing in this study, though a supported unit has a price of "
                      "{:g} EUR a quarter (without a budget nobody pays) give it a budget",
                      who, *support.programme->unit_cost));
    if (!support.programme->has(model::Port::central)) continue;
    if (support.eligible.units > 0 && support.eligible.in_groups == 0)
      told.push_back(
          fmt::format("{}: no eligible unit shares its IT-provider group with another (a group of "
                      "one has nobody to offer a common solution to) loosen [eligible], or give "
                      "providers by the column `provider` of a population file",
                      who));
    if (never_relieves(loaded.study))
      told.push_back(
          fmt::format("{}: parameters.offer_relief is 0 (a common solution takes no effort "
                      "and cost off its members then) say how much, such as 0.5",
                      who));
  }
}

bool is_met(const Target& target, double value) {
  return target.at_least ? value >= *target.at_least : value <= *target.at_most;
}

std::string text_of(const Target& target) {
  return fmt::format("target '{}{} {} {}'", target.indicator,
                     target.of.is_all() ? "" : " of " + target.of.text(),
                     target.at_least ? "at least" : "at most",
                     target.at_least.value_or(target.at_most.value_or(0.0)));
}

void advise_on_targets(const Study& study, std::vector<std::string>& told) {
  for (const Target& target : study.targets) {
    const double bound = target.at_least.value_or(target.at_most.value_or(0.0));
    if (target.start && is_met(target, *target.start))
      told.push_back(
          fmt::format("{}: its own start, {}, meets it already (nothing is left to reach) "
                      "check the bound",
                      text_of(target), *target.start));
    const bool is_sum =
        record::has_classes(target.indicator) && analysis::ratio_named(target.indicator) == nullptr;
    if (is_sum && !target.share && bound > 0.0 && bound < 1.0)
      told.push_back(
          fmt::format("{}: {} is a sum over all units, not a mean or a share (a bound below 1 is "
                      "met or missed at "
                      "once) {}",
                      text_of(target), target.indicator,
                      target.indicator == "adopters" || target.indicator == "adopter_inhabitants"
                          ? "write share = true, or a number"
                          : "write the sum that is meant"));
  }
}

void advise_on_staff(const Study& study, std::vector<std::string>& told) {
  const double all = study.rules.coefficients.staff_per_1000;
  double sum = 0.0;
  for (const model::UseCase& use_case : study.rules.use_cases) {
    if (!use_case.turnkey)
      sum += use_case.staff_per_1000;  // an office product is for staff of the others
    if (use_case.staff_per_1000 > all)
      told.push_back(
          fmt::format("service '{}': staff_per_1000 = {} is more than a municipality has in "
                      "all (coefficients.staff_per_1000 = {}) check its unit",
                      use_case.name, use_case.staff_per_1000, all));
  }
  if (sum > all && told.empty())
    told.push_back(
        fmt::format("services: their staff_per_1000 add up to {} (a municipality has {} in "
                    "all, coefficients.staff_per_1000) check them",
                    rounded(sum), all));
}

void advise_on_thresholds(const Study& study, std::vector<std::string>& told) {
  for (std::uint32_t a = 0; a < study.alternatives.size(); ++a) {
    const study::Alternative& theory = study.alternatives[a];
    if (theory.rules.structure.decision_rule != model::DecisionRule::threshold) continue;
    // as it runs: an ensemble of the rule brings a mean of its own
    const model::Parameters at_first_point =
        study::rules_of(study, {a, 0, 0}, study.baseline, /*fixed_demand=*/false).parameters;
    const double mean = at_first_point.u0;
    if (!std::isnan(at_first_point.threshold_mean) || (mean >= 0.0 && mean <= 1.0)) continue;
    told.push_back(fmt::format(
        "{}decision_rule = \"threshold\" with parameters.u0 = {} (there it is the mean threshold, "
        "a "
        "share of peers from 0 to 1; this one is a utility, as the logit has) set u0 along with "
        "the "
        "rule",
        study.alternatives.size() > 1 ? fmt::format("theory '{}': ", theory.name) : "", mean));
  }
}

}  // namespace

std::vector<std::string> support_lines(const Loaded& loaded) {
  std::vector<std::string> lines;
  for (const Support& support : support_of(loaded)) {
    const double money = offered(loaded.study, *support.programme);
    const auto units = static_cast<double>(support.eligible.units);
    lines.push_back(fmt::format(
        "'{}' in {}: {} of {} units eligible ({} inhabitants), {}", support.programme->name,
        support.scenarios, support.eligible.units, loaded.population.municipalities.size(),
        grouped(static_cast<double>(support.eligible.inhabitants)),
        support.programme->budget.kind == BudgetKind::unlimited
            ? "no budget"
            : fmt::format("{} EUR in all{}", grouped(money),
                          support.eligible.units == 0
                              ? ""
                              : fmt::format(", {} EUR for each", grouped(money / units)))));
  }
  if (const std::string money = money_line(loaded.study); !money.empty()) lines.push_back(money);
  return lines;
}

std::vector<std::string> advice(const Loaded& loaded) {
  std::vector<std::string> told;
  advise_on_staff(loaded.study, told);
  advise_on_thresholds(loaded.study, told);
  advise_on_support(loaded, told);
  advise_on_targets(loaded.study, told);
  return told;
}

}  // namespace rathaus::commands
