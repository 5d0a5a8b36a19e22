// A pattern: a fact about the world that a trustworthy model reproduces, as data (Grimm et al.
// 2005, Science 310, 987-991). One pattern is one statistic of a run, a criterion on it, and its
// evidence.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "study/study.h"

namespace rathaus::patterns {

/// First and last calendar quarter, both included.
struct Quarters {
  model::CalendarQuarter first, last;
};

/// The classes, constraints, … of one axis that are summed; an axis that is not named is summed
/// whole.
struct Selection {
  std::string axis;
  std::vector<std::string> labels;
};

/// A sum of variables of the result file over quarters and classes, and what it is divided by.
struct Term {
  std::vector<std::string> sum;
  std::vector<Selection> where;
  std::vector<std::string> per;      //!< empty: 1
  std::vector<Selection> per_where;  //!< for the axes that they have
  std::string scenario;              //!< empty: the baseline
  double weight = 1.0;               //!< weighted_mean: of this part
  std::optional<Quarters> quarters;  //!< empty: those of the pattern
};

/// What is computed from the run; over the quarters of the pattern.
enum class Statistic : std::uint8_t {
  ratio,
  ordering,
  time_to_reach,
  lead,
  bass_fit,
  single_inflection,
  log_odds,
  weighted_mean,
};
inline constexpr std::array<std::string_view, 8> statistic_names{
    "ratio",    "ordering",          "time_to_reach", "lead",
    "bass_fit", "single_inflection", "log_odds",      "weighted_mean"};

enum class Role : std::uint8_t { calibration, validation };
inline constexpr std::array<std::string_view, 2> role_names{"calibration", "validation"};

/// Values that agree with the pattern, and the one that agrees best.
struct Criterion {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  std::optional<double> target;  //!< within [low, high]; empty: their middle
  double scale = 1.0;            //!< of a bound on one side: a miss by so much is one step further

  /// At most 1 if the value agrees with the pattern, infinite if there is no value. Between two
  /// bounds: 0 at the target, 1 at either bound, linear. On one side: 0, or beyond the bound
  /// 1 + miss / scale.
  double distance(double value) const;
  bool met(double value) const { return distance(value) <= 1.0; }
  /// "0.03 … 0.15", "at least 5"
  std::string text() const;
};

struct Pattern {
  std::string id;     //!< "P1a"
  std::string title;  //!< one line
  Role role = Role::validation;
  std::string grade;  //!< A … D
  std::string source;
  std::string note;      //!< may be empty
  std::string not_held;  //!< what the result would have to hold; then nothing below is of use

  Statistic statistic = Statistic::ratio;
  Term of, to;  //!< `to`: divided by (ratio), compared with (log_odds), or what follows (lead)
  std::vector<Term> parts;  //!< weighted_mean: in the place of `of`; the weights sum to 1
  bool has_to = false;      //!< else ratios are to 1
  Quarters quarters;
  std::string along;   //!< ordering: the axis whose labels, as selected by `of`, are in order
  bool falls = false;  //!< ordering: from the first to the last label
  double level = 0.5;  //!< time_to_reach: of the term itself; lead: of its rise
  Criterion criterion;
  std::filesystem::path experiment;  //!< that must be run for it; empty: the model as it is
};

/// What one run says about a pattern: numerator and denominator, so that many runs give a ratio of
/// means. NaN: the run does not tell.
struct Measured {
  double numerator = std::numeric_limits<double>::quiet_NaN();
  double denominator = 1.0;

  double value() const { return numerator / denominator; }
};

}  // namespace rathaus::patterns
