#include "calibration/simulator.h"

#include <algorithm>

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
      quantiles_(study_.uncertain) {}

std::optional<std::vector<double>> Simulator::values(std::span<const double> place) const {
  std::vector<double> values;
  for (std::size_t k = 0; k < place.size(); ++k) values.push_back(quantiles_.value(k, place[k]));
  model::Rules rules = study_.alternatives.front().rules;
  for (std::size_t k = 0; k < values.size(); ++k)
    study::set(study_.uncertain[k].address, values[k], rules);
  return is_possible(rules) ? std::optional(std::move(values)) : std::nullopt;
}

Simulated Simulator::simulate(std::uint64_t number, const std::vector<double>& values) const {
  study::Study study = study_;
  study.design.value = values;
  const study::CaseId drawn{0, static_cast<std::uint32_t>(number), 0};
  const study::Worlds worlds(study, study::municipalities_of(study_, municipalities_, drawn), {});
  std::vector<std::vector<patterns::Measured>> measured(patterns_.size());
  for (std::uint32_t r = 0; r < study.replicates; ++r) {
    const auto replicate = static_cast<std::uint32_t>(number * study.replicates + r);
    const auto runs = study::compute_case(study, worlds, {0, 0, replicate});
    patterns::CaseRecording recording(study, worlds, runs);
    for (std::size_t p = 0; p < patterns_.size(); ++p)
      measured[p].push_back(patterns::measure(patterns_[p], recording));
  }
  Simulated simulated{{}, 0.0};
  for (std::size_t p = 0; p < patterns_.size(); ++p) {
    simulated.statistic.push_back(patterns::together(measured[p]).value());
    simulated.distance =
        std::max(simulated.distance, patterns_[p].criterion.distance(simulated.statistic.back()));
  }
  return simulated;
}

Problem Simulator::problem() const {
  return {.parameters = study_.uncertain.size(),
          .patterns = patterns_.size(),
          .values = [this](std::span<const double> place) { return values(place); },
          .simulate = [this](std::uint64_t number,
                             const std::vector<double>& v) { return simulate(number, v); }};
}

}  // namespace rathaus::calibration
