#include "study/ensemble.h"

#include <numeric>

namespace rathaus::study {

std::size_t Ensemble::at(double place) const {
  const double total = std::accumulate(weight.begin(), weight.end(), 0.0);
  double below = 0.0;
  for (std::size_t v = 0; v < vectors(); ++v)
    if (place * total < (below += weight[v])) return v;
  return vectors() - 1;
}

double Ensemble::rank(std::size_t number, double of) const {
  double total = 0.0, below = 0.0;
  for (std::size_t v = 0; v < vectors(); ++v) {
    const double other = value[v * numbers + number];
    total += weight[v];
    if (other <= of) below += other < of ? weight[v] : 0.5 * weight[v];
  }
  return below / total;
}

}  // namespace rathaus::study
