#include "analysis/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/quarters.h"
#include "analysis/strata.h"
#include "diagnostics/diagnostics.h"

namespace rathaus::analysis {
namespace {

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

std::string label_of(const hdf5::Group& root, std::size_t quarter) {
  const auto labels = root.variable("quarter_label").along({"quarter"}).read<std::string>();
  if (quarter >= labels.size()) throw root.damaged(fmt::format("it has no quarter {}", quarter));
  return labels[quarter];
}

Horizon horizon_at(const hdf5::Group& root, std::size_t quarter) {
  const std::string label = label_of(root, quarter);
  const std::vector<std::size_t> judged = strata_quarters(root);
  const auto found = std::ranges::find(judged, quarter);
  Horizon horizon{label, label, quarter, {}, std::nullopt};
  if (found != judged.end()) horizon.strata = static_cast<std::size_t>(found - judged.begin());
  return horizon;
}

void set_horizons(const hdf5::Group& root, Comparison& comparison) {
  const Horizons horizons = horizons_of(root);
  for (std::size_t h = 0; h < horizons.quarters.size(); ++h) {
    Horizon horizon = horizon_at(root, horizons.quarters[h]);
    horizon.years = horizons.years[h];
    horizon.label = fmt::format("{} years", horizon.years);
    comparison.horizons.push_back(std::move(horizon));
  }
  comparison.since_support = root.has("horizon");
  comparison.since = label_of(root, horizons.start);
}

}  // namespace

std::size_t against_index(const Runs& runs, const std::string& name) {
  if (name.empty()) return runs.baseline();
  const std::vector<std::string>& scenarios = runs.scenarios();
  const auto found = std::ranges::find(scenarios, name);
  if (found != scenarios.end()) return static_cast<std::size_t>(found - scenarios.begin());
  throw InputError(
      fmt::format("--against '{}' is no scenario of the file", name) +
      suggestion(name, std::vector<std::string_view>(scenarios.begin(), scenarios.end())));
}

Estimate Collector::estimate(std::size_t scenario, std::span<const double> values) const {
  const Runs& runs = data.runs();
  const Summary single = summarise(values);
  const Summary chance = summarise(runs.by_replicate(rows(scenario), values));
  const Summary points = summarise(runs.by_point(rows(scenario), values));
  const bool many = runs.points() > 1;
  // where no replicate has all points there is a mean, and no interval
  return {chance.count > 0 ? chance.mean : points.mean,
          chance.mean - chance.half_width_95,
          chance.mean + chance.half_width_95,
          single.p05,
          single.p95,
          many ? points.p05 : no_value,
          many ? points.p95 : no_value};
}

void Collector::add_line(Line line) {
  line.alternative = alternative;
  comparison.lines.push_back(std::move(line));
}

std::vector<double> Collector::over_runs(std::size_t scenario, const OfRun& value,
                                         std::size_t quarter) {
  std::vector<double> values;
  for (const std::size_t run : rows(scenario)) values.push_back(value(run, quarter));
  return values;
}

void Collector::add_cells(const std::string& section, const std::string& metric,
                          const std::string& unit, const OfRun& value, const std::string& detail,
                          bool with_gain) {
  for (std::size_t h = 0; h < comparison.horizons.size(); ++h) {
    const std::size_t quarter = comparison.horizons[h].quarter;
    Line line{section, metric, unit, detail, h, 0, {}};
    for (std::size_t s = 0; s < comparison.scenarios.size(); ++s) {
      Cell& cell = line.cells.emplace_back();
      cell.level = estimate(s, over_runs(s, value, quarter));
      if (!with_gain || s == comparison.against) continue;
      cell.gain = estimate(s, over_runs(
                                  s,
                                  [&](std::size_t run, std::size_t q) {
                                    return value(run, q) - value(partner_of(run), q);
                                  },
                                  quarter));
    }
    add_line(std::move(line));
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

Cell Collector::ratio_cell(std::size_t scenario, const std::vector<double>& numerator,
                           const std::vector<double>& denominator, bool per_gain) {
  const Runs& runs = data.runs();
  // with one replicate at each point the points are the sample: chance and ignorance together
  const bool by_points = comparison.replicates == 1 && runs.points() > 1;
  const auto sample = [&](const std::vector<double>& values) {
    return by_points ? runs.by_point(rows(scenario), values)
                     : runs.by_replicate(rows(scenario), values);
  };
  const std::vector<double> below = sample(denominator);
  const Ratio ratio = ratio_of_means(sample(numerator), below);
  const Cell none{plain_estimate(no_value), std::nullopt, ""};
  Cell cell{plain_estimate(ratio.value), std::nullopt, ""};
  if (!ratio.finite) {
    if (below.size() > 1) cell = none;  // a number alone would pretend to know
    cell.note = no_interval;
    return cell;
  }
  if (per_gain && summarise(below).mean < 0.0) return {none.level, std::nullopt, no_gain};
  cell.level.low = ratio.low;
  cell.level.high = ratio.high;
  if (!per_gain || runs.points() < 2) return cell;
  const std::vector<double> points = runs.by_point(rows(scenario), denominator);
  const RatioBand band = band_of_ratios(runs.by_point(rows(scenario), numerator), points);
  cell.level.point_p05 = band.p05;
  cell.level.point_p95 = band.p95;
  if (band.without > 0)
    cell.note = fmt::format("no gain at {} of {} points", band.without, points.size());
  return cell;
}

void Collector::add_ratio(const std::string& section, const std::string& metric,
                          const std::string& unit, const OfRun& numerator, const OfRun& denominator,
                          bool per_gain) {
  for (std::size_t h = 0; h < comparison.horizons.size(); ++h) {
    const std::size_t quarter = comparison.horizons[h].quarter;
    Line line{section, metric, unit, "", h, 0, {}, true};
    for (std::size_t s = 0; s < comparison.scenarios.size(); ++s) {
      if (s == comparison.against)
        line.cells.push_back({plain_estimate(no_value), std::nullopt, ""});
      else
        line.cells.push_back(ratio_cell(s, over_runs(s, numerator, quarter),
                                        over_runs(s, denominator, quarter), per_gain));
    }
    add_line(std::move(line));
  }
}

std::string missing_cases_text(const ResultData& data) {
  const std::uint64_t missing = data.missing_cases();
  return missing == 0 ? ""
                      : fmt::format(
                            "{} of {} cases are missing (failed, or not computed): what is "
                            "shown leaves them out",
                            missing, data.planned_cases());
}

Comparison compare(ResultData& data, const std::string& quarter, const std::string& against) {
  const hdf5::Group& root = data.root();
  Comparison comparison;
  comparison.title = root.text_attribute("title");
  comparison.scenarios = data.runs().scenarios();
  comparison.baseline = data.runs().baseline();
  comparison.against = against_index(data.runs(), against);
  comparison.alternatives = data.runs().alternatives();
  comparison.points = data.runs().points();
  comparison.replicates = data.runs().of(comparison.baseline).size() / comparison.points;
  if (quarter.empty())
    set_horizons(root, comparison);
  else
    comparison.horizons = {horizon_at(root, quarter_index(root, quarter))};
  Collector collector(data, comparison);
  for (; collector.alternative < comparison.alternatives.size(); ++collector.alternative) {
    add_adoption(collector);
    add_money(collector);
    add_pots(collector);
    if (comparison.with_baseline()) add_strata(collector);
    add_reach(collector);
    add_market(collector);
    add_climate(collector);
    add_pillars(collector);
    add_targets(collector);
    add_robustness(collector);
    add_pairing(collector);
  }
  add_rivals(collector);
  if (const std::string missing = missing_cases_text(data); !missing.empty())
    comparison.warnings.push_back(missing);
  if (comparison.scenarios.size() < 2)
    comparison.warnings.push_back("one scenario: there is nothing to compare it with");
  if (comparison.replicates < 2)
    comparison.warnings.push_back(
        comparison.points > 1
            ? "one replicate at each point: bands hold chance and ignorance together"
            : "one replicate says nothing about chance: no intervals");
  return comparison;
}

}  // namespace rathaus::analysis
