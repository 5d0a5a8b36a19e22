#include "study/quantiles.h"

#include <algorithm>
#include <cmath>
#include <openturns/LogNormal.hxx>
#include <openturns/LogUniform.hxx>
#include <openturns/Normal.hxx>
#include <openturns/Triangular.hxx>
#include <openturns/TruncatedDistribution.hxx>
#include <openturns/Uniform.hxx>
#include <vector>

namespace rathaus::study {
namespace {

constexpr double normal_p95 = 1.6448536269514722;  // Φ⁻¹(0.95)

OT::Distribution shape_of(const Distribution& d) {
  switch (d.shape) {
    case Shape::uniform:
      return OT::Uniform(d.by[0], d.by[1]);
    case Shape::log_uniform:
      return OT::LogUniform(std::log(d.by[0]), std::log(d.by[1]));
    case Shape::triangular:
      return OT::Triangular(d.by[0], d.by[1], d.by[2]);
    case Shape::normal:
      return OT::Normal(d.by[0], d.by[1]);
    case Shape::lognormal: {
      const double mean_log = std::log(d.by[0]);
      return OT::LogNormal(mean_log, (std::log(d.by[1]) - mean_log) / normal_p95, 0.0);
    }
  }
  return OT::Uniform();
}

/// Within the hard bounds; only the two normal shapes can reach beyond them.
OT::Distribution bounded(const Distribution& d) {
  const OT::Distribution shape = shape_of(d);
  if (d.shape != Shape::normal && d.shape != Shape::lognormal) return shape;
  const double below = shape.computeCDF(d.lowest), above = shape.computeCDF(d.highest);
  if (below <= 0.0 && above >= 1.0) return shape;
  return OT::TruncatedDistribution(shape, d.lowest, d.highest);
}

}  // namespace

struct Quantiles::Shapes {
  struct One {
    OT::Distribution distribution;
    double lowest, highest;
  };
  std::vector<One> all;
};

Quantiles::Quantiles(std::span<const Uncertain> numbers) : shapes_(std::make_unique<Shapes>()) {
  for (const Uncertain& number : numbers)
    shapes_->all.push_back(
        {bounded(number.distribution), number.distribution.lowest, number.distribution.highest});
}

Quantiles::Quantiles(Quantiles&&) noexcept = default;
Quantiles::~Quantiles() = default;

double Quantiles::value(std::size_t k, double probability) const {
  const Shapes::One& one = shapes_->all[k];
  return std::clamp(one.distribution.computeQuantile(probability)[0], one.lowest, one.highest);
}

double Quantiles::probability(std::size_t k, double value) const {
  return shapes_->all[k].distribution.computeCDF(value);
}

}  // namespace rathaus::study
