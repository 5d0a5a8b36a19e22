#include "study/stopping.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/statistics.h"

namespace rathaus::study {
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
  const std::size_t comparisons = compared(study).size() * study.alternatives.size();
  sum_.assign(comparisons, {});
  levels_.resize(comparisons);
  baselines_.resize(comparisons);
  gains_.resize(comparisons);
}

void Stopping::take(const CaseId& id, std::span<const double> levels) {
  if (!study_.until || is_reached()) return;
  const std::vector<std::uint32_t> scenarios = compared(study_);
  complete_ = complete_ && !levels.empty();
  if (!levels.empty())
    for (std::size_t i = 0; i < scenarios.size(); ++i) {
      Pair& sum = sum_[id.alternative * scenarios.size() + i];
      sum.level += levels[scenarios[i]];
      if (study_.scenarios.size() > 1) sum.baseline += levels[study_.baseline];
    }
  if (++cases_of_replicate_ < study_.alternatives.size() * study_.design.points) return;
  for (std::size_t i = 0; complete_ && i < sum_.size(); ++i) {
    if (std::isnan(sum_[i].level - sum_[i].baseline)) continue;  // a ratio without a denominator
    levels_[i].push_back(sum_[i].level / study_.design.points);
    baselines_[i].push_back(sum_[i].baseline / study_.design.points);
    gains_[i].push_back((sum_[i].level - sum_[i].baseline) / study_.design.points);
  }
  std::ranges::fill(sum_, Pair{});
  cases_of_replicate_ = 0;
  complete_ = true;
  ++judged_;
  judge();
}

void Stopping::judge() {
  const auto is_short = [](const std::vector<double>& gains) { return gains.size() < 2; };
  if (std::ranges::any_of(gains_, is_short)) return;
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
      model::CalendarQuarter::from_index(study_.start.index() +
                                         static_cast<std::int32_t>(study_.until->quarter))
          .text();
  const double worth =
      analysis::pairing_worth(levels_[widest_comparison_], baselines_[widest_comparison_]).worth;
  return fmt::format(
      "{} after {} replicates: the widest {:g} % interval of {} in {} ({}{}), shared out between "
      "{} "
      "comparisons, is ± {:.4g}, wanted ± {:g}{}",
      is_reached() ? "stopped" : "not narrow enough", judged_, 100.0 * study_.until->confidence,
      study_.until->indicator, quarter, scenario,
      study_.alternatives.size() > 1 ? " under " + theory : "", gains_.size(), widest_,
      study_.until->half_width,
      std::isfinite(worth) ? fmt::format("; a pair was worth {:.1f} independent runs", worth) : "");
}

}  // namespace rathaus::study
