// The accepted vectors of one generation, with their weights.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace rathaus::calibration {

/// Vectors are held as normal scores: z = Φ⁻¹(u) of the place u of a number in its prior, so that
/// the prior of every calibration is the standard normal.
struct Population {
  std::uint32_t generation = 0;
  double tolerance = std::numeric_limits<double>::infinity();
  std::uint64_t proposals = 0;     //!< of this generation, up to the last that was accepted
  std::uint64_t first_number = 0;  //!< number of its first proposal in the whole calibration
  std::vector<double> score;       //!< [particle][parameter]
  std::vector<double> weight;      //!< [particle], their sum is 1 once it is finished
  std::vector<double> distance;    //!< [particle] the largest over the patterns
  std::vector<double> statistic;   //!< [particle][pattern]
  // all that were simulated, for a screen; else empty
  std::vector<double> seen_score;      //!< [vector][parameter]
  std::vector<double> seen_statistic;  //!< [vector][pattern]

  std::size_t particles() const { return weight.size(); }
  std::size_t seen(std::size_t parameters) const { return seen_score.size() / parameters; }
  double acceptance() const {
    return static_cast<double>(particles()) / static_cast<double>(proposals);
  }
  /// 1 / Σ weight²: so many vectors of equal weight would tell as much (Kong 1992).
  double effective_size() const;
};

/// Least value that weights of at least `share` of all do not exceed.
double weighted_quantile(std::span<const double> values, std::span<const double> weights,
                         double share);

/// Φ(z), away from 0 and 1.
double place_of_score(double score);

}  // namespace rathaus::calibration
