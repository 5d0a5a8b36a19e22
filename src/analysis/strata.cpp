#include "analysis/strata.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace rathaus::analysis {

Horizons horizons_of(const hdf5::Group& root) {
  Horizons horizons{0, strata_quarters(root), {}};
  if (!horizons.quarters.empty()) {
    horizons.years = root.variable("strata/horizon_years").along({"horizon"}).read<double>();
  } else {
    const std::size_t quarters = root.variable("quarter").rows();
    for (const std::size_t all : {20u, 40u, 80u}) {
      horizons.quarters.push_back(std::min(all, quarters) - 1);
      horizons.years.push_back(static_cast<double>(horizons.quarters.back() + 1) / 4.0);
      if (all >= quarters) break;
    }
  }
  const auto end = static_cast<double>(horizons.quarters.front() + 1);
  const double start = end - std::round(4.0 * horizons.years.front());
  if (!(start >= 0.0 && start <= end)) throw root.damaged("its horizons begin outside of its time");
  horizons.start = static_cast<std::size_t>(start);
  return horizons;
}

std::vector<std::size_t> strata_quarters(const hdf5::Group& root) {
  if (!root.has("horizon")) return {};
  return root.variable("strata/horizon_quarter")
      .along({"horizon"})
      .read_places(root.variable("quarter").rows());
}

std::size_t stratum_index(const hdf5::Group& root, std::string_view name) {
  const auto names = root.variable("stratum").along({"stratum"}).read<std::string>();
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) throw root.damaged(fmt::format("there is no stratum '{}'", name));
  return static_cast<std::size_t>(found - names.begin());
}

namespace {

std::vector<std::size_t> places_of(const hdf5::Group& root,
                                   std::span<const std::string_view> names) {
  std::vector<std::size_t> places;
  for (const std::string_view name : names) places.push_back(stratum_index(root, name));
  return places;
}

}  // namespace

std::vector<std::size_t> anyway_indices(const hdf5::Group& root) {
  return places_of(root, anyway_strata);
}

std::vector<std::size_t> funded_indices(const hdf5::Group& root) {
  return places_of(root, funded_strata);
}

Strata::Strata(ResultData& data, const std::string& name) {
  const hdf5::Variable variable = data.root().variable("strata/" + name);
  std::vector<std::string> axes{"run", "horizon"};
  if (variable.shape().size() > 2) axes.emplace_back("stratum");
  values_ = variable.along(axes, true).read<double>();
  horizons_ = variable.shape().at(1);
  strata_ = variable.shape().size() > 2 ? variable.shape()[2] : 1;
  classes_ = variable.shape().size() > 3 ? variable.shape()[3] : 1;
}

double Strata::at(std::size_t run, std::size_t horizon, std::size_t stratum) const {
  const auto first =
      values_.begin() +
      static_cast<std::ptrdiff_t>(((run * horizons_ + horizon) * strata_ + stratum) * classes_);
  return std::accumulate(first, first + static_cast<std::ptrdiff_t>(classes_), 0.0);
}

double Strata::sum(std::size_t run, std::size_t horizon,
                   const std::vector<std::size_t>& strata) const {
  double all = 0.0;
  for (const std::size_t k : strata) all += at(run, horizon, k);
  return all;
}

}  // namespace rathaus::analysis
