#include "study/design.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "study/keyed_hypercube.h"
#include "study/quantiles.h"
#include "study/samples.h"

namespace rathaus::study {
namespace {

std::vector<double> saltelli_block(std::size_t base, std::size_t k) {
  const std::vector<double> both = samples::shifted_sobol(base, 2 * k);
  const auto from = [&](std::size_t row, std::size_t column, bool b) {
    return both[row * 2 * k + (b ? k : 0) + column];
  };
  std::vector<double> points;
  for (std::size_t block = 0; block < k + 2; ++block)
    for (std::size_t row = 0; row < base; ++row)
      for (std::size_t column = 0; column < k; ++column)
        points.push_back(from(row, column, block == 1 || block == column + 2));
  return points;
}

std::vector<double> morris_trajectories(std::size_t trajectories, std::size_t levels,
                                        std::size_t k) {
  const std::size_t step = levels / 2;
  std::vector<double> points;
  for (std::size_t t = 0; t < trajectories; ++t) {
    std::vector<std::size_t> place(k), order(k);
    for (std::size_t& p : place) p = samples::below(levels);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = k; i > 1; --i) std::swap(order[i - 1], order[samples::below(i)]);
    const auto note = [&] {
      for (const std::size_t p : place)
        points.push_back(
            std::clamp(static_cast<double>(p) / static_cast<double>(levels - 1), 1e-9, 1.0 - 1e-9));
    };
    note();
    for (const std::size_t moved : order) {
      // of the two directions one stays on the grid
      place[moved] = place[moved] >= step ? place[moved] - step : place[moved] + step;
      note();
    }
  }
  return points;
}

std::vector<double> full_factorial(std::size_t levels, std::size_t k, std::size_t points) {
  std::vector<double> cube;
  for (std::size_t point = 0; point < points; ++point) {
    std::size_t rest = point;
    std::vector<double> row(k);
    for (std::size_t column = k; column-- > 0; rest /= levels)
      row[column] = (static_cast<double>(rest % levels) + 0.5) / static_cast<double>(levels);
    cube.insert(cube.end(), row.begin(), row.end());
  }
  return cube;
}

/// The first dimension of the hypercube chooses the vector, the others are the other numbers.
void draw_jointly(Design& design, std::span<const Uncertain> numbers,
                  std::span<const Ensemble> ensembles, std::uint64_t seed) {
  const std::size_t joint = ensembles.front().numbers, alone = numbers.size() - joint;
  const Quantiles quantiles(numbers.subspan(joint));
  const std::vector<double> cube = design.method == DesignMethod::keyed_hypercube
                                       ? keyed_hypercube(design.size, 1 + alone, seed)
                                       : samples::latin_hypercube(design.size, 1 + alone);
  design.blocks = static_cast<std::uint32_t>(ensembles.size());
  design.unit_cube.clear();
  design.value.clear();
  for (const Ensemble& ensemble : ensembles)
    for (std::size_t point = 0; point < design.size; ++point) {
      const double* place = &cube[point * (1 + alone)];
      const std::size_t vector = ensemble.at(place[0]);
      for (std::size_t n = 0; n < joint; ++n) {
        design.value.push_back(ensemble.value[vector * joint + n]);
        design.unit_cube.push_back(ensemble.rank(n, design.value.back()));
      }
      for (std::size_t n = 0; n < alone; ++n) {
        design.unit_cube.push_back(place[1 + n]);
        design.value.push_back(quantiles.value(n, place[1 + n]));
      }
    }
}

}  // namespace

std::uint32_t points_of(const Design& design, std::size_t numbers) {
  constexpr double most = std::numeric_limits<std::int32_t>::max();
  const double size = design.size, k = static_cast<double>(numbers);
  double points = size;
  switch (design.method) {
    case DesignMethod::none:
      points = 1.0;
      break;
    case DesignMethod::sobol:
      points = size * (k + 2.0);
      break;
    case DesignMethod::morris:
      points = size * (k + 1.0);
      break;
    case DesignMethod::full_factorial:
      points = 1.0;
      for (std::size_t n = 0; n < numbers && points <= most; ++n) points *= design.levels;
      break;
    case DesignMethod::latin_hypercube:
    case DesignMethod::keyed_hypercube:
    case DesignMethod::list:
      break;
  }
  return points <= most ? static_cast<std::uint32_t>(points) : 0;
}

bool is_cut(const Design& design, const Uncertain& number) {
  const Shape shape = number.distribution.shape;
  return design.method == DesignMethod::morris && !number.joint &&
         (shape == Shape::normal || shape == Shape::lognormal);
}

std::string tails_cut(const Design& design, std::span<const Uncertain> numbers) {
  std::vector<std::string> names;
  for (const Uncertain& number : numbers)
    if (is_cut(design, number)) names.push_back(number.path);
  if (names.empty()) return "";
  return fmt::format(
      "tails are cut: Morris moves {} between the quantiles {} and {} (a normal or lognormal "
      "number has "
      "no whole range)",
      fmt::join(names, ", "), tail, 1.0 - tail);
}

void draw(Design& design, std::span<const Uncertain> numbers, std::uint64_t seed,
          std::span<const Ensemble> ensembles) {
  const std::size_t k = numbers.size();
  design.points = points_of(design, k);
  design.blocks = 1;
  if (k == 0) return;
  if (design.method != DesignMethod::keyed_hypercube) samples::begin(seed);
  if (!ensembles.empty()) return draw_jointly(design, numbers, ensembles, seed);
  const Quantiles quantiles(numbers);
  switch (design.method) {
    case DesignMethod::none:
      return;
    case DesignMethod::latin_hypercube:
      design.unit_cube = samples::latin_hypercube(design.size, k);
      break;
    case DesignMethod::keyed_hypercube:
      design.unit_cube = keyed_hypercube(design.size, k, seed);
      break;
    case DesignMethod::sobol:
      design.unit_cube = saltelli_block(design.size, k);
      break;
    case DesignMethod::morris:
      design.unit_cube = morris_trajectories(design.size, design.levels, k);
      break;
    case DesignMethod::full_factorial:
      design.unit_cube = full_factorial(design.levels, k, design.points);
      break;
    case DesignMethod::list:
      design.unit_cube.clear();
      for (std::size_t i = 0; i < design.value.size(); ++i)
        design.unit_cube.push_back(quantiles.probability(i % k, design.value[i]));
      return;
  }
  design.value.clear();
  for (std::size_t i = 0; i < design.unit_cube.size(); ++i) {
    const double u = design.unit_cube[i];
    design.value.push_back(
        quantiles.value(i % k, is_cut(design, numbers[i % k]) ? tail + (1.0 - 2.0 * tail) * u : u));
  }
}

}  // namespace rathaus::study
