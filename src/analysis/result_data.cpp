#include "analysis/result_data.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "lanes/elementary.h"

namespace rathaus::analysis {
namespace {

double sum(const hdf5::Group& root, const char* name) {
  const std::vector<double> values = root.variable(name).along({"size_class"}).read<double>();
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

double Table3::total(std::size_t run, std::size_t quarter) const {
  double all = 0.0;
  for (std::size_t c = 0; c < classes; ++c) all += at(run, quarter, c);
  return all;
}

double Table3::upto(std::size_t run, std::size_t quarter) const {
  double all = 0.0;
  for (std::size_t q = 0; q <= quarter; ++q) all += total(run, q);
  return all;
}

ResultData::ResultData(const hdf5::Group& root)
    : root_(root),
      runs_(root),
      run_count_(root.variable("run").rows()),
      quarters_(root.last_place("quarter") + 1),
      units_(sum(root, "units")),
      inhabitants_(sum(root, "inhabitants")),
      discount_(root.number_attribute("discount")) {
  if (root.has_attribute("planned_cases")) planned_cases_ = root.count_attribute("planned_cases");
  if (root.has("programme")) programmes_ = root.variable("programme").read<std::string>();
}

std::uint64_t ResultData::missing_cases() const {
  std::uint64_t there = 0;
  for (std::size_t a = 0; a < runs_.alternatives().size(); ++a)
    there += runs_.of(runs_.baseline(), a).size();
  return planned_cases_ > there ? planned_cases_ - there : 0;
}

const Table3& ResultData::table(const std::string& name) {
  const auto found = tables_.find(name);
  if (found != tables_.end()) return found->second;
  const hdf5::Variable variable = root_.variable(name);
  variable.along({"run", "quarter"}, true);
  Table3 table{variable.read<double>(), variable.shape().at(1), 1};
  for (std::size_t axis = 2; axis < variable.shape().size(); ++axis)
    table.classes *= variable.shape()[axis];
  return tables_.emplace(name, std::move(table)).first->second;
}

const std::vector<double>& ResultData::whole(const std::string& name) {
  const auto found = wholes_.find(name);
  if (found != wholes_.end()) return found->second;
  return wholes_.emplace(name, root_.variable(name).read<double>()).first->second;
}

std::span<const double> ResultData::of_run(const std::string& name, std::size_t run) {
  const std::vector<double>& all = whole(name);
  return std::span(all).subspan(run * (all.size() / run_count_), all.size() / run_count_);
}

double ResultData::paid(std::size_t run, std::size_t quarter, bool discounted) {
  if (programmes_.empty()) return 0.0;
  const Table3& paid = table("programmes/paid");
  double all = 0.0;
  for (std::size_t q = 0; q <= quarter; ++q) {
    const double weight_of_quarter = discounted ? weight(q) : 1.0;
    for (std::size_t k = 0; k < paid.classes; ++k)
      if (const double amount = paid.at(run, q, k); !std::isnan(amount))
        all += weight_of_quarter * amount;
  }
  return all;
}

double ResultData::so_far(const std::string& name, std::size_t run, std::size_t quarter,
                          bool discounted) {
  const Table3& flow = table(name);
  if (!discounted) return flow.upto(run, quarter);
  double all = 0.0;
  for (std::size_t q = 0; q <= quarter; ++q) all += weight(q) * flow.total(run, q);
  return all;
}

double ResultData::weight(std::size_t quarter) const {
  return elementary::pow(1.0 + discount_, -static_cast<double>(quarter) / 4.0);
}

bool ResultData::priceless(std::size_t run) {
  if (programmes_.empty()) return false;
  const Table3& paid = table("programmes/paid");
  for (std::size_t k = 0; k < paid.classes; ++k)
    if (std::isnan(paid.at(run, quarters_ - 1, k))) return true;
  return false;
}

}  // namespace rathaus::analysis
