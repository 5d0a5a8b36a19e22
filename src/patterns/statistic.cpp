#include "patterns/statistic.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lanes/elementary.h"
#include "patterns/curve.h"

namespace rathaus::patterns {
namespace {

/// Why a pattern cannot be measured on these runs.
struct NotHeld {
  std::string why;
};

/// First and last quarter of the run, both included.
struct Span {
  std::size_t first, last;
};

Span span_of(const Quarters& quarters, const Recording& recording) {
  const std::int32_t first = quarters.first.index() - recording.start().index();
  const std::int32_t last = quarters.last.index() - recording.start().index();
  if (first < 0 || last >= static_cast<std::int32_t>(recording.quarters()))
    throw NotHeld{fmt::format("the run does not reach from {} to {}", quarters.first.text(),
                              quarters.last.text())};
  return {static_cast<std::size_t>(first), static_cast<std::size_t>(last)};
}

/// Indices along one axis that count.
std::vector<std::size_t> indices(const Axis& axis, const std::vector<Selection>& where,
                                 const Span& span) {
  std::vector<std::size_t> chosen;
  if (axis.name == "quarter") {
    for (std::size_t t = span.first; t <= span.last; ++t) chosen.push_back(t);
    return chosen;
  }
  if (axis.name == "horizon") return {axis.length - 1};
  const auto selection = std::ranges::find(where, axis.name, &Selection::axis);
  for (std::size_t k = 0; k < axis.length && selection == where.end(); ++k) chosen.push_back(k);
  if (selection == where.end()) return chosen;
  for (const std::string& label : selection->labels) {
    const auto found = std::ranges::find(axis.labels, label);
    if (found == axis.labels.end()) throw NotHeld{fmt::format("{} has no '{}'", axis.name, label)};
    chosen.push_back(static_cast<std::size_t>(found - axis.labels.begin()));
  }
  return chosen;
}

double sum_over(const Recorded& recorded, const std::vector<Selection>& where, const Span& span,
                std::size_t axis = 0, std::size_t offset = 0) {
  if (axis == recorded.axes.size()) return recorded.values[offset];
  double sum = 0.0;
  for (const std::size_t k : indices(recorded.axes[axis], where, span))
    sum += sum_over(recorded, where, span, axis + 1, offset * recorded.axes[axis].length + k);
  return sum;
}

double sum_of(const std::vector<std::string>& variables, const std::vector<Selection>& where,
              const std::string& scenario, const Span& span, Recording& recording) {
  double sum = 0.0;
  for (const std::string& name : variables) {
    const Recorded* recorded = recording.find(scenario, name);
    if (recorded == nullptr)
      throw NotHeld{scenario.empty()
                        ? fmt::format("the runs do not hold {}", name)
                        : fmt::format("the runs do not hold {} of '{}'", name, scenario)};
    sum += sum_over(*recorded, where, span);
  }
  return sum;
}

Measured term_over(const Term& term, const Span& span, Recording& recording) {
  return {
      sum_of(term.sum, term.where, term.scenario, span, recording),
      term.per.empty() ? 1.0 : sum_of(term.per, term.per_where, term.scenario, span, recording)};
}

Span span_of(const Pattern& pattern, const Term& term, const Recording& recording) {
  return span_of(term.quarters.value_or(pattern.quarters), recording);
}

/// One value per quarter.
std::vector<double> path_of(const Pattern& pattern, const Term& term, Recording& recording) {
  const Span span = span_of(pattern, term, recording);
  std::vector<double> path;
  for (std::size_t t = span.first; t <= span.last; ++t)
    path.push_back(term_over(term, {t, t}, recording).value());
  return path;
}

Measured ratio(const Pattern& pattern, Recording& recording) {
  const Measured of = term_over(pattern.of, span_of(pattern, pattern.of, recording), recording);
  if (!pattern.has_to) return of;
  const Measured to = term_over(pattern.to, span_of(pattern, pattern.to, recording), recording);
  return {of.value(), to.value()};
}

/// ln(a/(n − a)) of a out of n, with half a unit added to either count, so that none and all have
/// one (Haldane 1956, Annals of Human Genetics 20, 309-311; Anscombe 1956, Biometrika 43, 461-464).
double log_odds_of(const Measured& share) {
  return elementary::log((share.numerator + 0.5) / (share.denominator - share.numerator + 0.5));
}

/// How far the log-odds of a share lie above those of another.
Measured log_odds(const Pattern& pattern, Recording& recording) {
  const auto of = [&](const Term& term) {
    return log_odds_of(term_over(term, span_of(pattern, term, recording), recording));
  };
  return {of(pattern.of) - of(pattern.to), 1.0};
}

/// As a survey sees it whose sample holds groups in other shares than the population.
Measured weighted_mean(const Pattern& pattern, Recording& recording) {
  double mean = 0.0;
  for (const Term& part : pattern.parts)
    mean += part.weight * term_over(part, span_of(pattern, part, recording), recording).value();
  return {mean, 1.0};
}

/// The smallest step from one label to the next, in the direction that is wanted.
Measured ordering(const Pattern& pattern, Recording& recording) {
  const auto selection = std::ranges::find(pattern.of.where, pattern.along, &Selection::axis);
  double smallest = std::numeric_limits<double>::infinity(), before = 0.0;
  for (std::size_t k = 0; k < selection->labels.size(); ++k) {
    Term one = pattern.of;
    for (auto* where : {&one.where, &one.per_where})
      for (Selection& choice : *where)
        if (choice.axis == pattern.along) choice.labels = {selection->labels[k]};
    const double value = term_over(one, span_of(pattern, one, recording), recording).value();
    const double step = pattern.falls ? before - value : value - before;
    before = value;
    if (std::isnan(value)) return {};
    if (k > 0) smallest = std::min(smallest, step);
  }
  return {smallest, 1.0};
}

Measured quarters_between(std::optional<std::size_t> from, std::optional<std::size_t> to) {
  if (!from || !to) return {};
  return {static_cast<double>(*to) - static_cast<double>(*from), 1.0};
}

Measured measured(const Pattern& pattern, Recording& recording) {
  const auto path = [&](const Term& term) { return path_of(pattern, term, recording); };
  switch (pattern.statistic) {
    case Statistic::ratio:
      return ratio(pattern, recording);
    case Statistic::ordering:
      return ordering(pattern, recording);
    case Statistic::time_to_reach:
      return quarters_between(0, first_at(path(pattern.of), pattern.level));
    case Statistic::lead:
      return quarters_between(rise_at(path(pattern.of), pattern.level),
                              rise_at(path(pattern.to), pattern.level));
    case Statistic::bass_fit:
      return {bass_fit(path(pattern.of)), 1.0};
    case Statistic::single_inflection:
      return {single_inflection(path(pattern.of)), 1.0};
    case Statistic::log_odds:
      return log_odds(pattern, recording);
    case Statistic::weighted_mean:
      return weighted_mean(pattern, recording);
  }
  return {};
}

}  // namespace

Measured measure(const Pattern& pattern, Recording& recording, std::string* why) {
  try {
    if (!pattern.not_held.empty()) throw NotHeld{pattern.not_held};
    Measured result = measured(pattern, recording);
    if (std::isnan(result.numerator) || std::isnan(result.denominator)) {
      if (why != nullptr) *why = "it has no value in these runs";
      return {};
    }
    return result;
  } catch (const NotHeld& not_held) {
    if (why != nullptr) *why = not_held.why;
    return {};
  }
}

}  // namespace rathaus::patterns
