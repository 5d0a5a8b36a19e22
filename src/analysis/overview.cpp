#include "analysis/overview.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "analysis/runs.h"

namespace rathaus::analysis {
namespace {

/// One variable over (run, quarter, class), with its sums at hand.
class Indicator {
 public:
  Indicator(const hdf5::Group& root, const std::string& name) {
    const hdf5::Variable variable = root.variable(name);
    values_ = variable.read<double>();
    quarters_ = variable.shape().at(1);
    classes_ = variable.shape().size() > 2 ? variable.shape()[2] : 1;
  }

  double at(std::size_t run, std::size_t quarter, std::size_t c) const {
    return values_[(run * quarters_ + quarter) * classes_ + c];
  }

  /// Sum over classes in quarters first … last.
  double sum(std::size_t run, std::size_t first, std::size_t last) const {
    const auto begin =
        values_.begin() + static_cast<std::ptrdiff_t>((run * quarters_ + first) * classes_);
    return std::accumulate(begin,
                           begin + static_cast<std::ptrdiff_t>((last - first + 1) * classes_), 0.0);
  }
  double sum(std::size_t run) const { return sum(run, 0, quarters_ - 1); }

 private:
  std::vector<double> values_;
  std::size_t quarters_ = 0, classes_ = 0;
};

double ratio(double numerator, double denominator) {
  return denominator == 0.0 ? std::numeric_limits<double>::quiet_NaN() : numerator / denominator;
}

template <class ValueOfRun>
Summary over_runs(const std::vector<std::size_t>& runs, ValueOfRun value_of) {
  std::vector<double> values;
  for (const std::size_t run : runs) values.push_back(value_of(run));
  return summarise(values);
}

/// Share of a class, or of all classes if `c` is their number, that belongs to `adopters`.
Summary share(const Indicator& adopters, const std::vector<double>& whole,
              const std::vector<std::size_t>& runs, std::size_t quarter, std::size_t c) {
  const bool all = c == whole.size();
  const double denominator = all ? std::accumulate(whole.begin(), whole.end(), 0.0) : whole[c];
  return over_runs(runs, [&](std::size_t run) {
    return ratio(all ? adopters.sum(run, quarter, quarter) : adopters.at(run, quarter, c),
                 denominator);
  });
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
  const Runs index(root);
  const std::vector<std::size_t>& runs = index.of(index.baseline());
  view.runs = runs.size();
  if (index.scenarios().size() > 1) view.scenario = index.scenarios()[index.baseline()];
  view.points = index.points();
  view.theories = index.alternatives().size();
  if (view.theories > 1) view.theory = index.alternatives().front();
  const std::size_t quarters = root.variable("quarter").rows();
  const std::size_t last = quarters - 1;
  const std::vector<std::size_t> ends = ends_within(quarters);
  for (const std::size_t end : ends)
    view.ends.push_back(root.variable("quarter_label").read<std::string>(end, 1).front());

  const std::vector<double> units = root.variable("units").read<double>();
  const std::vector<double> inhabitants = root.variable("inhabitants").read<double>();
  const std::vector<std::string> labels = root.variable("size_class").read<std::string>();
  view.units = static_cast<std::size_t>(std::accumulate(units.begin(), units.end(), 0.0));
  const Indicator adopters(root, "adopters"), reached(root, "adopter_inhabitants");
  for (std::size_t step = 0; step <= labels.size(); ++step) {
    const std::size_t c = step == 0 ? labels.size() : step - 1;  // all classes together come first
    ClassShares shares{step == 0 ? "all" : labels[c], {}, {}};
    for (const std::size_t quarter : ends) {
      shares.units.push_back(share(adopters, units, runs, quarter, c));
      shares.inhabitants.push_back(share(reached, inhabitants, runs, quarter, c));
    }
    view.classes.push_back(std::move(shares));
  }

  const Indicator failed(root, "pilots_failed"), stranded(root, "pilots_stranded"),
      started(root, "operations_started"), lock_in(root, "lock_in"),
      running(root, "services_running"), national(root, "hhi_national"), local(root, "hhi_local"),
      gross(root, "energy_gross_saving"), direct(root, "energy_direct_rebound"),
      indirect(root, "energy_indirect_rebound"), footprint(root, "energy_footprint"),
      net(root, "energy_net");
  view.graveyard = over_runs(runs, [&](std::size_t run) {
    const double lost = failed.sum(run) + stranded.sum(run);
    return ratio(lost, lost + started.sum(run));
  });
  view.lock_in = over_runs(runs, [&](std::size_t run) {
    return ratio(lock_in.sum(run, last, last), running.sum(run, last, last));
  });
  view.hhi_national = over_runs(runs, [&](std::size_t run) { return national.at(run, last, 0); });
  view.hhi_local = over_runs(runs, [&](std::size_t run) { return local.at(run, last, 0); });
  view.rebound = over_runs(runs, [&](std::size_t run) {
    return ratio(direct.sum(run) + indirect.sum(run) + footprint.sum(run), gross.sum(run));
  });
  constexpr double kwh_per_gwh = 1e6;
  view.energy_net = over_runs(runs, [&](std::size_t run) { return net.sum(run) / kwh_per_gwh; });
  const std::size_t year_begin = last >= 3 ? last - 3 : 0;
  view.energy_net_last_year = over_runs(
      runs, [&](std::size_t run) { return net.sum(run, year_begin, last) / kwh_per_gwh; });
  return view;
}

}  // namespace rathaus::analysis
