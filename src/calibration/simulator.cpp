#include "calibration/simulator.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "patterns/bench.h"
#include "patterns/statistic.h"
#include "study/case.h"

namespace rathaus::calibration {
namespace {

/// What every simulation copies: the study without texts and records that no pattern needs.
study::Study lean(study::Study study) {
  for (std::string* text : {&study.experiment_text, &study.resolved_text}) text->clear();
  study.parameters.clear();
  study.coefficients.clear();
  study.inputs.clear();
  study.output.panel.reset();
  study.design = {};
  if (study.population.redraw != population::Redraw::never) {
    study.population.redraw = population::Redraw::point;
    study.design.points = UINT32_MAX;  // a world for each vector, however many there will be
  }
  return study;
}

/// The last quarter of the run that a pattern looks at. Strata are those of the last horizon.
std::int32_t last_quarter(const patterns::Pattern& pattern, model::CalendarQuarter start) {
  std::int32_t last = -1;
  const auto look = [&](const patterns::Term& term) {
    last = std::max(last, term.quarters.value_or(pattern.quarters).last.index() - start.index());
    for (const auto* variables : {&term.sum, &term.per})
      for (const std::string& variable : *variables)
        if (variable.starts_with("strata/")) last = std::numeric_limits<std::int32_t>::max();
  };
  if (pattern.parts.empty()) look(pattern.of);
  std::ranges::for_each(pattern.parts, look);
  if (pattern.has_to) look(pattern.to);
  return last;
}

/// Two numbers may be possible each for itself and not together (ODD sections 7.1 and 7.4).
bool is_possible(const model::Rules& rules) {
  const model::Coefficients& c = rules.coefficients;
  return rules.parameters.savings_retained + rules.parameters.respend_share <= 1.0 + 1e-9 &&
         c.data0_lowest <= c.data0_highest && c.trust0_lowest <= c.trust0_highest;
}

}  // namespace

Simulator::Simulator(const study::Study& study, const model::Municipalities& municipalities,
                     const std::vector<patterns::Pattern>& patterns)
    : study_(lean(study)),
      municipalities_(municipalities),
      patterns_(patterns),
      quantiles_(study_.uncertain) {
  early_quarters_ = study.quarters * 3 / 5;  // late enough to rule most out, and half of the time
  for (std::size_t p = 0; p < patterns.size(); ++p) {
    all_.push_back(p);
    if (last_quarter(patterns[p], study.start) < static_cast<std::int32_t>(early_quarters_))
      early_.push_back(p);
  }
}

std::optional<std::vector<double>> Simulator::values(std::span<const double> place) const {
  std::vector<double> values;
  for (std::size_t k = 0; k < place.size(); ++k) values.push_back(quantiles_.value(k, place[k]));
  model::Rules rules = study_.alternatives.front().rules;
  for (std::size_t k = 0; k < values.size(); ++k)
    study::set(study_.uncertain[k].address, values[k], rules);
  return is_possible(rules) ? std::optional(std::move(values)) : std::nullopt;
}

std::vector<double> Simulator::statistics(study::Study study, std::uint64_t number,
                                          const std::vector<double>& values,
                                          const std::vector<std::size_t>& patterns) const {
  study.design.value = values;
  const study::CaseId drawn{0, static_cast<std::uint32_t>(number), 0};
  const study::Worlds worlds(study, study::municipalities_of(study_, municipalities_, drawn), {});
  std::vector<std::vector<patterns::Measured>> measured(patterns.size());
  for (std::uint32_t r = 0; r < study.replicates; ++r) {
    const auto replicate = static_cast<std::uint32_t>(number * study.replicates + r);
    const auto runs = study::compute_case(study, worlds, {0, 0, replicate});
    patterns::CaseRecording recording(study, worlds, runs);
    for (std::size_t p = 0; p < patterns.size(); ++p)
      measured[p].push_back(patterns::measure(patterns_[patterns[p]], recording));
  }
  std::vector<double> statistics;
  for (const auto& of : measured) statistics.push_back(patterns::together(of).value());
  return statistics;
}

Simulated Simulator::simulate(std::uint64_t number, const std::vector<double>& values,
                              double tolerance) const {
  const auto distance = [&](const std::vector<std::size_t>& patterns,
                            const std::vector<double>& statistics) {
    double most = 0.0;
    for (std::size_t p = 0; p < patterns.size(); ++p)
      most = std::max(most, patterns_[patterns[p]].criterion.distance(statistics[p]));
    return most;
  };
  // scenarios may hold windows, whose strata look at the end of the run
  if (std::isfinite(tolerance) && !early_.empty() && study_.scenarios.size() == 1) {
    study::Study early = study_;
    early.quarters = early_quarters_;
    const double reached = distance(early_, statistics(early, number, values, early_));
    if (!(reached <= tolerance)) return {{}, reached};
  }
  Simulated simulated{statistics(study_, number, values, all_), 0.0};
  simulated.distance = distance(all_, simulated.statistic);
  return simulated;
}

Problem Simulator::problem() const {
  return {.parameters = study_.uncertain.size(),
          .patterns = patterns_.size(),
          .values = [this](std::span<const double> place) { return values(place); },
          .simulate = [this](std::uint64_t number, const std::vector<double>& v,
                             double tolerance) { return simulate(number, v, tolerance); },
          .apart = [this](std::size_t p,
                          double statistic) { return patterns_[p].criterion.distance(statistic); }};
}

}  // namespace rathaus::calibration
