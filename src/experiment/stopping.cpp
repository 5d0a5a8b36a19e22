#include "experiment/stopping.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/statistics.h"

namespace rathaus::experiment {
namespace {

/// Scenarios that are compared; a single one is its own.
std::vector<std::uint32_t> compared(const Study& study) {
  std::vector<std::uint32_t> scenarios;
  for (std::uint32_t s = 0; s < study.scenarios.size(); ++s)
    if (s != study.baseline || study.scenarios.size() == 1) scenarios.push_back(s);
  return scenarios;
}

std::uint32_t look_ahead(std::uint32_t replicates) {
  return replicates <= 100 ? 5 : 5 * replicates / 100;
}

}  // namespace

Stopping::Stopping(const Study& study) : study_(study) {
  if (!study.until) return;
  const auto infos = model::indicator_infos();
  const auto found = std::ranges::find(infos, std::string_view(study.until->indicator),
                                       &model::IndicatorInfo::name);
  indicator_ = static_cast<std::size_t>(found - infos.begin());
  const std::size_t comparisons = compared(study).size() * study.alternatives.size();
  sum_.assign(comparisons, 0.0);
  gains_.resize(comparisons);
}

double Stopping::value_of(const RunRecord& run) const {
  const std::size_t rows = run.outcome.rows.size() / study_.quarters;
  std::int64_t sum = 0;
  for (std::size_t c = 0; c < model::size_class_names.size(); ++c)
    sum += run.outcome.rows[study_.until->quarter * rows + c].value[indicator_];
  return static_cast<double>(sum) / (1.0 / model::indicator_infos()[indicator_].one);
}

void Stopping::take(const CaseId& id, const std::vector<RunRecord>& runs) {
  if (!study_.until || is_reached()) return;
  const std::vector<std::uint32_t> scenarios = compared(study_);
  complete_ = complete_ && !runs.empty();
  const auto value = [&](std::uint32_t scenario) {
    for (const RunRecord& run : runs)
      if (run.scenario == scenario && !run.fixed_demand) return value_of(run);
    return std::numeric_limits<double>::quiet_NaN();
  };
  if (!runs.empty())
    for (std::size_t i = 0; i < scenarios.size(); ++i)
      sum_[id.alternative * scenarios.size() + i] +=
          value(scenarios[i]) - (study_.scenarios.size() == 1 ? 0.0 : value(study_.baseline));
  if (++cases_of_replicate_ < study_.alternatives.size() * study_.design.points) return;
  for (std::size_t i = 0; i < sum_.size(); ++i)
    if (complete_) gains_[i].push_back(sum_[i] / study_.design.points);
  std::ranges::fill(sum_, 0.0);
  cases_of_replicate_ = 0;
  complete_ = true;
  ++judged_;
  judge();
}

void Stopping::judge() {
  if (gains_.front().size() < 2) return;
  const double confidence =
      1.0 - (1.0 - study_.until->confidence) / static_cast<double>(gains_.size());
  widest_ = -1.0;
  for (std::size_t i = 0; i < gains_.size(); ++i) {
    const double half_width = analysis::half_width(gains_[i], confidence);
    if (half_width <= widest_) continue;
    widest_ = half_width;
    widest_comparison_ = i;
  }
  const bool narrow = widest_ <= study_.until->half_width && judged_ >= study_.at_least;
  narrow_since_ = !narrow ? 0 : narrow_since_ == 0 ? judged_ : narrow_since_;
  if (narrow && judged_ >= narrow_since_ + look_ahead(narrow_since_)) reached_ = true;
}

std::uint32_t Stopping::replicates() const {
  return is_reached() ? judged_ : study_.replicates;
}

std::string Stopping::reason() const {
  if (!study_.until) return "";
  const std::vector<std::uint32_t> scenarios = compared(study_);
  const std::string& scenario =
      study_.scenarios[scenarios[widest_comparison_ % scenarios.size()]].name;
  const std::string& theory = study_.alternatives[widest_comparison_ / scenarios.size()].name;
  const std::string quarter =
      CalendarQuarter::from_index(study_.start.index() +
                                  static_cast<std::int32_t>(study_.until->quarter))
          .text();
  return fmt::format(
      "{} after {} replicates: the widest {:g} % interval of {} in {} ({}{}), shared out between "
      "{} "
      "comparisons, is ± {:.4g}, wanted ± {:g}",
      is_reached() ? "stopped" : "not narrow enough", judged_, 100.0 * study_.until->confidence,
      study_.until->indicator, quarter, scenario,
      study_.alternatives.size() > 1 ? " under " + theory : "", gains_.size(), widest_,
      study_.until->half_width);
}

}  // namespace rathaus::experiment
