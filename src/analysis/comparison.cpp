#include "analysis/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "diagnostics/diagnostics.h"

namespace rathaus::analysis {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

Estimate estimate(const std::vector<double>& values) {
  const Summary s = summarise(values);
  return {s.mean, s.mean - s.half_width_95, s.mean + s.half_width_95, s.p05, s.p95};
}

/// The index of a quarter that the user names by its label or its number.
std::size_t quarter_index(const results::Group& root, const std::string& name) {
  const auto labels = root.variable("quarter_label").read<std::string>();
  const auto found = std::ranges::find(labels, name);
  if (found != labels.end()) return static_cast<std::size_t>(found - labels.begin());
  if (!name.empty() && name.size() < 4 &&
      std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; }))
    if (const std::size_t index = std::stoul(name); index < labels.size()) return index;
  throw InputError(
      fmt::format("there is no quarter '{}' (the file holds {} to {}) name one of them", name,
                  labels.front(), labels.back()));
}

/// Quarters that /strata is judged at, empty if the file has none.
std::vector<std::int32_t> strata_quarters(const results::Group& root) {
  if (!root.has("horizon")) return {};
  return root.variable("strata/horizon_quarter").read<std::int32_t>();
}

Horizon horizon_at(const results::Group& root, std::size_t quarter) {
  const std::string label = root.variable("quarter_label").read<std::string>(quarter, 1).front();
  const std::vector<std::int32_t> judged = strata_quarters(root);
  const auto found = std::ranges::find(judged, static_cast<std::int32_t>(quarter));
  Horizon horizon{label, label, quarter, std::nullopt};
  if (found != judged.end()) horizon.strata = static_cast<std::size_t>(found - judged.begin());
  return horizon;
}

/// 5, 10 and 20 years after support starts, or after the start of a run without support.
void set_horizons(const results::Group& root, Comparison& comparison) {
  std::vector<std::int32_t> ends = strata_quarters(root);
  std::vector<double> years;
  if (!ends.empty()) {
    years = root.variable("strata/horizon_years").read<double>();
  } else {
    const std::size_t quarters = root.variable("quarter").rows();
    for (const std::size_t all : {20u, 40u, 80u}) {
      ends.push_back(static_cast<std::int32_t>(std::min(all, quarters)) - 1);
      years.push_back((ends.back() + 1) / 4.0);
      if (all >= quarters) break;
    }
  }
  for (std::size_t h = 0; h < ends.size(); ++h) {
    Horizon horizon = horizon_at(root, static_cast<std::size_t>(ends[h]));
    horizon.label = fmt::format("{} years", years[h]);
    comparison.horizons.push_back(std::move(horizon));
  }
  const auto start = static_cast<std::size_t>(ends.front() + 1 - std::lround(4.0 * years.front()));
  comparison.since = root.variable("quarter_label").read<std::string>(start, 1).front();
}

}  // namespace

std::vector<double> Collector::over_runs(std::size_t scenario, const OfRun& value,
                                         std::size_t quarter) {
  std::vector<double> values;
  for (const std::size_t run : data.runs().of(scenario)) values.push_back(value(run, quarter));
  return values;
}

void Collector::add_cells(const std::string& section, const std::string& metric,
                          const std::string& unit, const OfRun& value, const std::string& detail,
                          bool with_gain) {
  for (std::size_t h = 0; h < comparison.horizons.size(); ++h) {
    const std::size_t quarter = comparison.horizons[h].quarter;
    Line line{section, metric, unit, detail, h, {}};
    for (std::size_t s = 0; s < comparison.scenarios.size(); ++s) {
      Cell& cell = line.cells.emplace_back();
      cell.level = estimate(over_runs(s, value, quarter));
      if (!with_gain || s == comparison.baseline) continue;
      cell.gain = estimate(over_runs(
          s,
          [&](std::size_t run, std::size_t q) {
            return value(run, q) - value(data.runs().baseline_of(run), q);
          },
          quarter));
    }
    comparison.lines.push_back(std::move(line));
  }
}

void Collector::add(const std::string& section, const std::string& metric, const std::string& unit,
                    const OfRun& value, const std::string& detail) {
  add_cells(section, metric, unit, value, detail, true);
}

void Collector::add_level(const std::string& section, const std::string& metric,
                          const std::string& unit, const OfRun& value, const std::string& detail) {
  add_cells(section, metric, unit, value, detail, false);
}

void Collector::add_ratio(const std::string& section, const std::string& metric,
                          const std::string& unit, const OfRun& numerator, const OfRun& denominator,
                          bool per_gain) {
  for (std::size_t h = 0; h < comparison.horizons.size(); ++h) {
    const std::size_t quarter = comparison.horizons[h].quarter;
    Line line{section, metric, unit, "", h, {}};
    for (std::size_t s = 0; s < comparison.scenarios.size(); ++s) {
      Cell& cell = line.cells.emplace_back();
      cell.level = {missing, missing, missing, missing, missing};
      if (s == comparison.baseline) continue;
      const Ratio ratio =
          ratio_of_means(over_runs(s, numerator, quarter), over_runs(s, denominator, quarter));
      cell.level = {ratio.value, ratio.low, ratio.high, missing, missing};
      if (!ratio.finite)
        cell.note = no_interval;
      else if (per_gain && summarise(over_runs(s, denominator, quarter)).mean < 0.0)
        cell = {{missing, missing, missing, missing, missing}, std::nullopt, no_gain};
    }
    comparison.lines.push_back(std::move(line));
  }
}

Comparison compare(const results::Group& root, const std::string& quarter) {
  ResultData data(root);
  Comparison comparison;
  comparison.title = root.text_attribute("title");
  comparison.scenarios = data.runs().scenarios();
  comparison.baseline = data.runs().baseline();
  comparison.replicates = data.runs().of(comparison.baseline).size();
  if (quarter.empty())
    set_horizons(root, comparison);
  else
    comparison.horizons = {horizon_at(root, quarter_index(root, quarter))};
  Collector collector(data, comparison);
  add_adoption(collector);
  add_money(collector);
  add_strata(collector);
  add_reach(collector);
  add_market(collector);
  add_climate(collector);
  add_pillars(collector);
  add_targets(collector);
  add_pairing(collector);
  if (comparison.replicates < 2)
    comparison.warnings.push_back("one replicate says nothing about chance: no intervals");
  return comparison;
}

}  // namespace rathaus::analysis
