#include "analysis/overview.h"

#include <algorithm>
#include <iterator>

#include "analysis/metric.h"

namespace rathaus::analysis {
namespace {

/// Rows of the baseline, theory by theory.
using Rows = std::vector<std::vector<std::size_t>>;

template <class ValueOfRun>
Figure figure_of(const Runs& index, const Rows& rows, ValueOfRun value_of) {
  std::vector<double> all, points;
  for (const std::vector<std::size_t>& of_theory : rows) {
    std::vector<double> values;
    for (const std::size_t run : of_theory) values.push_back(value_of(run));
    std::ranges::copy(values, std::back_inserter(all));
    std::ranges::copy(index.by_point(of_theory, values), std::back_inserter(points));
  }
  return {summarise(all), range_of(points)};
}

/// A class over the ends; an empty label: all units.
ClassShares shares_of(ResultData& data, const Rows& rows, const std::string& label,
                      const std::vector<std::size_t>& ends) {
  UnitClass one;
  if (!label.empty()) one.parts.push_back({"size_class", {label}});
  const Metric units(data, "share_of_adopters", one),
      inhabitants(data, "share_of_inhabitants", one);
  ClassShares shares{label.empty() ? "all" : label, {}, {}};
  for (const std::size_t quarter : ends) {
    const auto over_runs = [&](const Metric& metric) {
      return figure_of(data.runs(), rows, [&](std::size_t run) { return metric(run, quarter); });
    };
    shares.units.push_back(over_runs(units));
    shares.inhabitants.push_back(over_runs(inhabitants));
  }
  return shares;
}

/// The last quarters of 5, 10 and 20 years as far as the run reaches, else its last.
std::vector<std::size_t> ends_within(std::size_t quarters) {
  std::vector<std::size_t> ends;
  for (const std::size_t all : {20u, 40u, 80u})
    if (all <= quarters) ends.push_back(all - 1);
  if (ends.empty()) ends.push_back(quarters - 1);
  return ends;
}

}  // namespace

Overview overview(const hdf5::Group& root) {
  Overview view;
  view.title = root.text_attribute("title");
  view.unit_kind = root.text_attribute("unit_kind");
  ResultData data(root);
  const Runs& index = data.runs();
  view.theories = index.alternatives();
  view.points = index.points();
  Rows runs{index.of(index.baseline())};
  view.runs = runs.front().size();
  view.replicates = view.runs / view.points;
  for (std::size_t theory = 1; view.points > 1 && theory < view.theories.size(); ++theory)
    runs.push_back(index.of(index.baseline(), theory));
  if (index.scenarios().size() > 1) view.scenario = index.scenarios()[index.baseline()];
  const std::size_t last = data.quarters() - 1;
  const std::vector<std::size_t> ends = ends_within(data.quarters());
  for (const std::size_t end : ends)
    view.ends.push_back(
        root.variable("quarter_label").along({"quarter"}).read<std::string>(end, 1).front());

  view.units = static_cast<std::size_t>(data.units());
  std::vector<std::string> labels = root.variable("size_class").read<std::string>();
  labels.insert(labels.begin(), "");  // all classes together come first
  for (const std::string& label : labels)
    view.classes.push_back(shares_of(data, runs, label, ends));
  for (std::size_t theory = 0; runs.size() > 1 && theory < runs.size(); ++theory) {
    view.by_theory.push_back(shares_of(data, {runs[theory]}, "", ends));
    view.by_theory.back().label = view.theories[theory];
  }

  const auto at_end = [&](const char* name) {
    const Metric metric(data, name);
    return figure_of(index, runs, [&](std::size_t run) { return metric(run, last); });
  };
  view.graveyard = at_end("graveyard");
  view.lock_in = at_end("mean_lock_in");
  view.hhi_national = at_end("hhi_national");
  view.hhi_local = at_end("hhi_local");
  view.rebound = at_end("rebound_share");
  constexpr double kwh_per_gwh = 1e6;
  const Metric net(data, "energy_net");
  view.energy_net =
      figure_of(index, runs, [&](std::size_t run) { return net.so_far(run, last) / kwh_per_gwh; });
  view.energy_net_last_year = figure_of(index, runs, [&](std::size_t run) {
    double sum = 0.0;
    for (std::size_t quarter = last >= 3 ? last - 3 : 0; quarter <= last; ++quarter)
      sum += net(run, quarter);
    return sum / kwh_per_gwh;
  });
  return view;
}

}  // namespace rathaus::analysis
