#include "commands/pilot_text.h"

#include <fmt/format.h>

#include <cmath>

#include "commands/table.h"

namespace rathaus::commands {
namespace {

constexpr double thousand = 1e3;

/// What the spread by chance of a few replicates says about the planned ones.
std::string gains_text(const Words& say, const study::Study& study, const run::Pilot& pilot) {
  const auto number = [&](double value) { return say.digits(rounded(value, 2)); };
  Table table;
  const bool paired = study.scenarios.size() > 1;
  table.head = {say.name("scenario"),
                say("ck_indicator"),
                say(paired ? "ck_gain" : "ck_level"),
                say("ck_deviation"),
                say(study.doubt == study::Doubt::shipped ? "ck_told_runs" : "ck_told_replicates",
                    fmt::arg("n", run::runs_averaged(study))),
                say("ck_pair")};
  table.right = {false, false, true, true, true, true};
  for (const run::PilotGain& gain : pilot.gains)
    table.rows.push_back({gain.scenario, say.name(gain.indicator),
                          fmt::format("{} ± {}", number(gain.mean), number(gain.half_width_pilot)),
                          number(gain.deviation),
                          say("ck_beyond", fmt::arg("width", number(gain.half_width)),
                              fmt::arg("low", number(gain.half_width_low)),
                              fmt::arg("high", number(gain.half_width_high))),
                          std::isfinite(gain.worth)
                              ? say("ck_runs_worth", fmt::arg("n", number(gain.worth)))
                              : "-"});
  return fmt::format(
      "{}\n{}\n\n", table.text(),
      say(paired ? "ck_pilot_gains" : "ck_pilot_levels", fmt::arg("n", pilot.replicates)));
}

/// Applications, awards and the typical grant of each programme, which an officer holds against the
/// cap, the pot and the work of asking for it.
std::string support_text(const Words& say, const run::Pilot& pilot) {
  if (pilot.support.empty()) return "";
  const auto number = [&](double value) {
    return std::isnan(value) ? std::string("-") : say.digits(rounded(value, 2));
  };
  Table table;
  table.head = {say.name("scenario"),  say("programme"), say("ck_applied"), say("ck_awarded"),
                say("ck_pot_awarded"), say("ck_grant"),  say("ck_cap"),     say("ck_effort")};
  table.right = {false, false, true, true, true, true, true, true};
  for (const run::PilotSupport& support : pilot.support) {
    const model::Programme& programme = *support.programme;
    const bool grants = programme.gives_grants();
    table.rows.push_back(
        {support.scenario, programme.name, number(support.applied), number(support.awarded),
         programme.budget.kind == model::BudgetKind::unlimited || support.offered <= 0.0
             ? "-"
             : number(100.0 * support.granted / support.offered),
         grants ? number(support.grant / thousand) : "-",
         programme.cap_per_award
             ? number(static_cast<double>(*programme.cap_per_award) / 100.0 / thousand)
             : "-",
         grants ? number(support.effort / thousand) : "-"});
  }
  return fmt::format("{}\n{}\n\n", table.text(),
                     say("ck_support_how", fmt::arg("n", pilot.replicates)));
}

}  // namespace

std::string pilot_line(const Words& say, const run::Pilot& pilot) {
  return say("ck_pilot_how", fmt::arg("n", pilot.replicates),
             fmt::arg("seconds", say.digits(fmt::format("{:.2f}", pilot.seconds_per_case))));
}

std::string pilot_tables(const Words& say, const study::Study& study, const run::Pilot& pilot) {
  return gains_text(say, study, pilot) + support_text(say, pilot);
}

std::vector<std::string> advice(const run::Pilot& pilot) {
  std::vector<std::string> told;
  for (const run::PilotTarget& target : pilot.targets) {
    if (target.met_by_baseline == pilot.replicates)
      told.push_back(
          fmt::format("target '{}': the baseline '{}' meets it in all {} replicates of the "
                      "pilot, with {} to {} (it tells nothing about support) check the bound",
                      target.text, target.baseline, pilot.replicates, rounded(target.lowest),
                      rounded(target.highest)));
    else if (target.met_by_any == 0)
      told.push_back(fmt::format(
          "target '{}': no scenario meets it in any replicate of the pilot; the "
          "baseline '{}' has {} to {}",
          target.text, target.baseline, rounded(target.lowest), rounded(target.highest)));
  }
  for (const run::PilotSupport& support : pilot.support) {
    constexpr double far = 5.0, little = 0.2, much = 0.2;  // times the grant; shares
    const model::Programme& programme = *support.programme;
    const std::string who = fmt::format("programme '{}' of {}", programme.name, support.scenario);
    if (support.offered > 0.0 && programme.budget.kind != model::BudgetKind::unlimited &&
        support.granted < little * support.offered)
      told.push_back(fmt::format(
          "{}: of {} EUR offered, {} EUR are awarded in the pilot (the rest is not called for) "
          "offer less, or loosen who may apply and for what",
          who, grouped(support.offered), grouped(support.granted)));
    if (!programme.gives_grants() || std::isnan(support.grant)) continue;
    const double cap = static_cast<double>(programme.cap_per_award.value_or(0)) / 100.0;
    if (cap > far * support.grant)
      told.push_back(
          fmt::format("{}: the cap of {} EUR is far above the mean grant of the pilot, {} EUR (it "
                      "binds nobody) "
                      "lower it, or leave it out",
                      who, grouped(cap), grouped(support.grant)));
    if (support.effort > much * support.grant)
      told.push_back(fmt::format(
          "{}: an application takes {:g} days, worth {} EUR, for a mean grant of {} EUR in the "
          "pilot (asking takes much of what is given) ask for less, or grant more",
          who, programme.application_days, grouped(support.effort), grouped(support.grant)));
  }
  return told;
}

}  // namespace rathaus::commands
