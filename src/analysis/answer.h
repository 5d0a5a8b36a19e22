// The answer to the question of a study: verdicts by fixed rules, five figures with their ranges, and
// which of the numbers that are not known move the gain. Definitions: docs/metrics.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/asked.h"
#include "analysis/assumptions.h"
#include "analysis/verdicts.h"

namespace rathaus::analysis {

/// One scenario under one theory. Ranges are over the points of the study, without points over its
/// replicates.
struct DesignAnswer {
  Judged gain_judged;
  Range level;               //!< of the metric; of a cost: of what is bought
  std::vector<double> gains;  //!< at the points, else by replicate; of a cost: of what is bought
  Range gain;                //!< over the scenario that is compared with; of a cost: the cost
  Range anyway;              //!< deadweight by count at `anyway_at` [1]
  Range cost;                //!< public money per additional unit [EUR]; infinite without a gain
  std::size_t without_gain = 0;  //!< points at which there is no price, because there is no gain
  Range offered, paid;       //!< by all programmes up to the horizon [EUR]
  std::vector<AssumptionEffect> effects;  //!< on the gain; empty without uncertain numbers
};

/// Two scenarios beside each other.
struct Duel {
  std::size_t first{}, second{};
  std::vector<std::size_t> first_wins, second_wins;  //!< [theory] points, beyond the smallest gain
};

struct Answer {
  Asked asked;
  double smallest_gain{};
  std::string doubt;          //!< "shipped", "own", "none" or "not_shipped"; empty in old files
  std::string against;        //!< scenario that gains are over
  std::size_t against_index{};
  std::size_t points{}, replicates{};
  std::string anyway_at;      //!< calendar quarter of the strata; empty without
  std::vector<std::string> warnings;
  double effect_bound{};      //!< |ρ| that chance alone passes in 5 % of studies
  std::vector<std::string> scenarios, theories;
  std::vector<std::vector<std::string>> programmes;  //!< [scenario] that it runs
  std::vector<std::vector<DesignAnswer>> designs;  //!< [theory][scenario]
  std::vector<Duel> duels;                         //!< of the scenarios that are compared
  std::optional<std::size_t> best;                 //!< beats every other under every theory

  /// Verdicts are by points; else by chance alone.
  bool by_points() const { return points > 1; }
};

/// `against`: index of the scenario that gains are over.
Answer answer_of(ResultData& data, std::size_t against, const AskInstead& instead);

}  // namespace rathaus::analysis
