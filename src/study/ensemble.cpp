#include "study/ensemble.h"

#include <cmath>
#include <limits>
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
  if (std::isnan(of)) return of;
  double total = 0.0, below = 0.0;
  for (std::size_t v = 0; v < vectors(); ++v) {
    const double other = value[v * numbers + number];
    total += weight[v];
    if (other <= of) below += other < of ? weight[v] : 0.5 * weight[v];
  }
  return below / total;
}

void Ensemble::spread(std::span<const std::size_t> to, std::size_t all) {
  std::vector<double> wider(vectors() * all, std::numeric_limits<double>::quiet_NaN());
  for (std::size_t v = 0; v < vectors(); ++v)
    for (std::size_t n = 0; n < to.size(); ++n) wider[v * all + to[n]] = value[v * numbers + n];
  value = std::move(wider);
  numbers = all;
}

}  // namespace rathaus::study
