// An ensemble: whole vectors of numbers that were found together, such as the accepted vectors of a
// calibration. They are drawn as they are; to draw their numbers one by one would break what ties
// them.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace rathaus::study {

struct Ensemble {
  std::string file;
  std::string sha256;
  std::size_t numbers = 0;     //!< the first so many uncertain numbers of the study
  std::vector<double> value;   //!< [vector][number]; NaN where it does not hold a number
  std::vector<double> weight;  //!< [vector], above 0

  std::size_t vectors() const { return weight.size(); }

  /// The vector at a place in (0, 1) of the weights laid end to end.
  std::size_t at(double place) const;
  /// Weight of the vectors in which a number is smaller, and half of those in which it is equal;
  /// NaN of a number that it does not hold.
  double rank(std::size_t number, double of) const;

  /// Its numbers become those at the places `to` among `all`; it does not hold the others.
  void spread(std::span<const std::size_t> to, std::size_t all);
};

}  // namespace rathaus::study
