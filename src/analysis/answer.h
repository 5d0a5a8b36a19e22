// The answer to the question of a study: verdicts by fixed rules, five figures with their ranges,
// and which of the numbers that are not known move the gain. Definitions: docs/metrics.md.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "analysis/asked.h"
#include "analysis/assumptions.h"
#include "analysis/verdicts.h"

namespace rathaus::analysis {

/// What does not exist.
inline constexpr Range no_range{std::numeric_limits<double>::quiet_NaN(),
                                std::numeric_limits<double>::quiet_NaN(),
                                std::numeric_limits<double>::quiet_NaN()};

/// One scenario under one theory. With points, a figure is their median and range; without, the
/// mean over replicates with its 95 % interval (figure.h).
struct DesignAnswer {
  Judged gain_judged;
  Range level;                  //!< of the metric; of a cost: of what is bought
  std::vector<double> gains;    //!< at the points, else by replicate; of a cost: of what is bought
  Range additional = no_range;  //!< of `gains`
  Range gain = no_range;        //!< what is asked for: of `gains`, or the cost
  Range supported = no_range;  //!< units that got support, at `anyway_at`; none if nobody ever does
  /// Of the supported with AI, those that would have it without [1]: three years after their first
  /// payment, where `anyway_after_payment`, else as at the end.
  Range anyway = no_range;
  Range anyway_at_end = no_range;  //!< at `anyway_at`: at a far horizon nearly all would
  Range cost = no_range;  //!< public money per additional unit [EUR]; infinite without a gain
  std::size_t without_gain = 0;  //!< points at which there is no price, because there is no gain
  Range offered = no_range, paid = no_range;  //!< by all programmes up to the horizon [EUR]
  Range called = no_range;                    //!< paid, of what was offered [1]
  std::vector<AssumptionEffect> effects;      //!< on the gain; empty without uncertain numbers
};

/// Two scenarios beside each other.
struct Duel {
  std::size_t first{}, second{};
  std::vector<Judged> judged;  //!< [theory] lead of the first: wanted where it wins, unwanted where
                               //!< it loses, beyond the smallest gain
};

/// The pair that shows why no design is the better one.
struct Nearest {
  std::size_t winner{}, loser{}, theory{};
  std::size_t points{};  //!< at which the winner is ahead under that theory
};

struct Answer {
  Asked asked;
  double smallest_gain{};
  std::string doubt;    //!< "shipped", "own", "none" or "not_shipped"; empty in old files
  std::string against;  //!< scenario that gains are over
  std::size_t against_index{};
  std::size_t points{}, replicates{};
  std::string anyway_at;              //!< calendar quarter of the strata; empty without
  bool anyway_after_payment = false;  //!< not in files before format 1.2
  std::vector<std::string> warnings;
  std::vector<double> effect_bound;  //!< [theory] |ρ| that chance alone passes in 5 % of studies
  std::vector<std::string> scenarios, theories;
  std::vector<std::vector<std::string>> programmes;  //!< [scenario] that it runs
  std::vector<std::vector<DesignAnswer>> designs;    //!< [theory][scenario]
  /// [scenario] Figures over the points of all theories together, with the verdict that holds under
  /// every one; empty with one theory, or without points. Effects are told theory by theory.
  std::vector<DesignAnswer> across;
  std::vector<Duel> duels;  //!< of the scenarios that are compared
  std::vector<std::size_t>
      order;  //!< those that are compared, the best middle under the first theory first
  std::optional<std::size_t> best;  //!< beats every other under every theory
  std::optional<Nearest> nearest;   //!< none with fewer than two designs

  /// Figures of all scenarios: over all theories, where there are several, else of the only one.
  const std::vector<DesignAnswer>& whole() const {
    return across.empty() ? designs.front() : across;
  }
  /// The verdict on a scenario under each theory.
  std::vector<Verdict> verdicts_on(std::size_t scenario) const {
    std::vector<Verdict> verdicts;
    for (const auto& of_theory : designs)
      verdicts.push_back(of_theory[scenario].gain_judged.verdict);
    return verdicts;
  }

  /// Verdicts are by points; else by chance alone.
  bool by_points() const { return points > 1; }
};

/// `against`: index of the scenario that gains are over.
Answer answer_of(ResultData& data, std::size_t against, const AskInstead& instead);

}  // namespace rathaus::analysis
