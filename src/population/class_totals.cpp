#include "population/class_totals.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <stdexcept>

namespace rathaus::population {
namespace {

double within(double size, std::int64_t lowest, std::int64_t highest) {
  return std::clamp(size, static_cast<double>(lowest), static_cast<double>(highest));
}

/// The factor at which the sizes, kept within their class, sum to `total`. The sum grows with the
/// factor; halving an interval needs no more than multiplication, so the bits are everyone's.
double factor_for(std::span<const std::int32_t> sizes, std::int64_t total, std::int64_t lowest,
                  std::int64_t highest) {
  const auto [smallest, largest] = std::ranges::minmax(sizes);
  double low = static_cast<double>(lowest) / largest;
  double high = static_cast<double>(highest) / smallest;
  constexpr int halvings = 60;  // more than a double can tell apart here
  for (int i = 0; i < halvings; ++i) {
    const double factor = 0.5 * (low + high);
    double sum = 0.0;
    for (const std::int32_t size : sizes) sum += within(factor * size, lowest, highest);
    (sum < static_cast<double>(total) ? low : high) = factor;
  }
  return high;
}

}  // namespace

void fit_to_total(std::span<std::int32_t> sizes, std::int64_t total, std::int64_t lowest,
                  std::int64_t highest) {
  if (sizes.empty()) return;
  const auto count = static_cast<std::int64_t>(sizes.size());
  if (total < count * lowest || total > count * highest)
    throw std::invalid_argument("a class cannot have so many inhabitants");
  const double factor = factor_for(sizes, total, lowest, highest);
  std::vector<double> remainder(sizes.size());
  std::int64_t missing = total;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const double wanted = within(factor * sizes[i], lowest, highest);
    sizes[i] = static_cast<std::int32_t>(wanted);
    remainder[i] = wanted - sizes[i];
    missing -= sizes[i];
  }
  std::vector<std::size_t> order(sizes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) { return remainder[i]; });
  for (std::size_t i = 0; missing != 0; i = (i + 1) % order.size()) {
    std::int32_t& size = sizes[order[i]];
    const std::int32_t step = missing > 0 ? 1 : -1;
    if (size + step < lowest || size + step > highest) continue;
    size += step;
    missing -= step;
  }
}

std::vector<const City*> cities_of_class(const RecipeLand& land, std::int64_t lowest,
                                         std::int64_t next) {
  std::vector<const City*> found;
  for (const City& city : land.cities)
    if (city.inhabitants >= lowest && city.inhabitants < next) found.push_back(&city);
  return found;
}

}  // namespace rathaus::population
