#include "study/samples.h"

#include <algorithm>
#include <openturns/ComposedDistribution.hxx>
#include <openturns/LHSExperiment.hxx>
#include <openturns/LowDiscrepancyExperiment.hxx>
#include <openturns/RandomGenerator.hxx>
#include <openturns/SobolSequence.hxx>
#include <openturns/Uniform.hxx>

namespace rathaus::study::samples {
namespace {

OT::ComposedDistribution unit_cube(std::size_t dimensions) {
  return OT::ComposedDistribution(OT::Collection<OT::Distribution>(
      static_cast<OT::UnsignedInteger>(dimensions), OT::Uniform(0.0, 1.0)));
}

/// Row by row; quantiles at 0 and 1 may be infinite, so that points stay inside.
std::vector<double> flat(const OT::Sample& sample) {
  std::vector<double> values;
  for (OT::UnsignedInteger row = 0; row < sample.getSize(); ++row)
    for (OT::UnsignedInteger column = 0; column < sample.getDimension(); ++column)
      values.push_back(std::clamp(sample(row, column), 1e-9, 1.0 - 1e-9));
  return values;
}

}  // namespace

void begin(std::uint64_t seed) {
  OT::RandomGenerator::SetSeed(static_cast<OT::UnsignedInteger>(seed % 1'000'000'007u));
}

std::vector<double> latin_hypercube(std::size_t points, std::size_t dimensions) {
  return flat(OT::LHSExperiment(unit_cube(dimensions), points, true, true).generate());
}

std::vector<double> shifted_sobol(std::size_t points, std::size_t dimensions) {
  OT::LowDiscrepancyExperiment experiment(OT::SobolSequence(), unit_cube(dimensions), points);
  experiment.setRandomize(true);
  return flat(experiment.generate());
}

std::size_t below(std::size_t n) {
  return static_cast<std::size_t>(OT::RandomGenerator::IntegerGenerate(n));
}

}  // namespace rathaus::study::samples
