#include "analysis/sensitivity.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <openturns/Exception.hxx>
#include <openturns/JansenSensitivityAlgorithm.hxx>
#include <openturns/RandomGenerator.hxx>
#include <optional>
#include <set>
#include <span>

#include "analysis/metric.h"
#include "analysis/quarters.h"
#include "analysis/runs.h"
#include "analysis/saltelli.h"
#include "analysis/statistics.h"
#include "diagnostics/diagnostics.h"

namespace rathaus::analysis {
namespace {

constexpr OT::UnsignedInteger bootstraps = 1000;

/// The design as the file holds it.
struct Block {
  std::string method;
  std::size_t size{}, levels{};
  std::vector<std::string> parameters;
  std::vector<double> unit_cube;  //!< [point][parameter]
  std::vector<std::size_t>
      order;  //!< points of a Saltelli sample in the order of ours; empty: as is

  std::size_t numbers() const { return parameters.size(); }
  std::size_t points() const { return unit_cube.size() / numbers(); }
};

bool in_unit_interval(double x) {
  return x >= 0.0 && x <= 1.0;
}

/// A list that was declared to be a Saltelli sample; which point is which tell the values.
Block in_our_order(Block block) {
  const SaltelliAnswer answer = saltelli_sample(block.unit_cube, block.parameters);
  if (!answer.sample)
    throw InputError(fmt::format(
        "the points are no Saltelli sample ({}) run one of the designs that indices need",
        answer.why));
  block.method = "sobol";
  block.size = answer.sample->base;
  block.order = answer.sample->rows;
  return block;
}

Block block_of(const hdf5::Group& root) {
  if (!root.has("parameter"))
    throw InputError(
        "the result has no design (its numbers do not vary) run an experiment with "
        "[uncertain] and [design] method = \"sobol\" or \"morris\"");
  if (root.has("parameters/unit_cube_by_theory"))
    throw InputError(
        "each theory has an ensemble of its own (indices need pairs of points that differ in one "
        "number) run an experiment with [design] method = \"sobol\" or \"morris\"");
  const hdf5::Variable cube = root.variable("parameters/unit_cube");
  Block block{cube.text_attribute("design"),
              cube.count_attribute("size"),
              cube.count_attribute("levels"),
              root.variable("parameter").read<std::string>(),
              cube.along({"point", "parameter"}).read<double>(),
              {}};
  if (block.numbers() == 0) throw cube.damaged("it has no numbers");
  if (block.method == "list" && cube.has_attribute("sample")) return in_our_order(std::move(block));
  if (block.method == "list")
    throw InputError(
        "the design is a list (indices need pairs of points that differ in one number) if it is a "
        "Saltelli sample of another tool, say so: [design] sample = \"saltelli\"");
  if (block.method != "sobol" && block.method != "morris")
    throw InputError(
        fmt::format("the design is '{}' (indices need pairs of points that differ in one "
                    "number) run it with [design] method = \"sobol\" or \"morris\"",
                    block.method));
  const bool whole = block.method == "sobol" ? block.points() == block.size * (block.numbers() + 2)
                                             : block.points() == block.size * (block.numbers() + 1);
  if (block.size == 0 || !whole || !std::ranges::all_of(block.unit_cube, in_unit_interval))
    throw cube.damaged(fmt::format("its {} points are no design of {} and {} numbers",
                                   block.points(), block.size, block.numbers()));
  return block;
}

/// Every run that a complete block has and the file lacks, in words.
void require_complete(const Runs& runs, const Block& block, std::size_t replicates) {
  constexpr std::size_t most_told = 20;
  std::vector<std::string> lacking;
  std::size_t count = 0;
  for (std::size_t a = 0; a < runs.alternatives().size(); ++a)
    for (std::size_t s = 0; s < runs.scenarios().size(); ++s) {
      std::set<std::size_t> there;
      for (const std::size_t run : runs.of(s, a))
        there.insert(runs.point_of(run) * replicates + runs.replicate_of(run));
      const std::size_t all = block.points() * replicates;
      count += all - there.size();
      for (std::size_t i = 0; i < all && lacking.size() < std::min(count, most_told); ++i)
        if (!there.contains(i))
          lacking.push_back(fmt::format("{} at point {}, replicate {}", runs.scenarios()[s],
                                        i / replicates, i % replicates));
    }
  if (count == 0) return;
  throw InputError(
      fmt::format("the block is not complete ({} runs are missing, and an index from the "
                  "others would be wrong) resume the study; missing: {}{}",
                  count, fmt::join(lacking, "; "), count > most_told ? "; …" : ""));
}

OT::Sample sample(const std::vector<double>& values, std::size_t columns) {
  OT::Sample rows(static_cast<OT::UnsignedInteger>(values.size() / columns),
                  static_cast<OT::UnsignedInteger>(columns));
  for (std::size_t i = 0; i < values.size(); ++i) rows(i / columns, i % columns) = values[i];
  return rows;
}

/// The bootstrap interval of an index; none where a resample of few points has no variance at all,
/// so that OpenTURNS finds no distribution or one without bounds.
std::vector<Bounded> with_interval(const OT::Point& index,
                                   const std::function<OT::Interval()>& interval) {
  std::vector<Bounded> bounded;
  for (const double value : index) bounded.push_back({value, missing, missing});
  try {
    const OT::Interval range = interval();
    constexpr double beyond_any_share = 1e6;
    for (OT::UnsignedInteger k = 0; k < index.getSize(); ++k) {
      const double low = range.getLowerBound()[k], high = range.getUpperBound()[k];
      if (std::abs(low) < beyond_any_share && std::abs(high) < beyond_any_share)
        bounded[k] = {index[k], low, high};
    }
  } catch (const OT::Exception&) {
  }
  return bounded;
}

std::vector<Effect> sobol_indices(const Block& block, const std::vector<double>& outcome) {
  OT::RandomGenerator::SetSeed(1);
  OT::JansenSensitivityAlgorithm algorithm(sample(block.unit_cube, block.numbers()),
                                           sample(outcome, 1),
                                           static_cast<OT::UnsignedInteger>(block.size));
  algorithm.setUseAsymptoticDistribution(false);
  algorithm.setBootstrapSize(bootstraps);
  const auto first = with_interval(algorithm.getFirstOrderIndices(),
                                   [&] { return algorithm.getFirstOrderIndicesInterval(); });
  const auto total = with_interval(algorithm.getTotalOrderIndices(),
                                   [&] { return algorithm.getTotalOrderIndicesInterval(); });
  std::vector<Effect> effects;
  for (std::size_t k = 0; k < block.numbers(); ++k)
    effects.push_back(
        {.parameter = block.parameters[k], .first = first[k], .total = total[k], .absolute = {}});
  return effects;
}

std::vector<Effect> elementary_effects(const Block& block, const std::vector<double>& outcome) {
  const std::size_t k = block.numbers();
  std::vector<std::vector<double>> effect(k), absolute(k);
  for (std::size_t t = 0; t < block.size; ++t)
    for (std::size_t step = 1; step <= k; ++step) {
      const std::size_t here = t * (k + 1) + step;
      for (std::size_t i = 0; i < k; ++i) {
        const double change = block.unit_cube[here * k + i] - block.unit_cube[(here - 1) * k + i];
        if (change == 0.0) continue;
        effect[i].push_back((outcome[here] - outcome[here - 1]) / change);
        absolute[i].push_back(std::abs(effect[i].back()));
      }
    }
  std::vector<Effect> effects;
  for (std::size_t i = 0; i < k; ++i) {
    const Summary plain = summarise(effect[i]), size = summarise(absolute[i]);
    effects.push_back(
        {.parameter = block.parameters[i],
         .first = {},
         .total = {},
         .absolute = {size.mean, size.mean - size.half_width_95, size.mean + size.half_width_95},
         .mean = plain.mean,
         .spread = std::sqrt(plain.variance)});
  }
  return effects;
}

/// Shares of no variance.
std::vector<Effect> no_indices(const Block& block) {
  std::vector<Effect> effects;
  for (const std::string& parameter : block.parameters) effects.push_back({parameter, {}, {}, {}});
  return effects;
}

/// Rows of a sample in the order of its blocks.
std::vector<double> ordered(const std::vector<std::size_t>& order,
                            const std::vector<double>& values, std::size_t columns) {
  std::vector<double> rows;
  for (const std::size_t row : order)
    for (std::size_t column = 0; column < columns; ++column)
      rows.push_back(values[row * columns + column]);
  return rows;
}

std::vector<Effect> effects_of(const Block& block, const std::vector<double>& outcome) {
  if (!block.order.empty()) {
    Block sorted = block;
    sorted.order.clear();
    sorted.unit_cube = ordered(block.order, block.unit_cube, block.numbers());
    return effects_of(sorted, ordered(block.order, outcome, 1));
  }
  if (block.method != "sobol") return elementary_effects(block, outcome);
  // OpenTURNS divides by the variance over the first sample of the block
  const auto [least, most] = std::ranges::minmax(std::span(outcome).first(block.size));
  return least < most ? sobol_indices(block, outcome) : no_indices(block);
}

}  // namespace

Sensitivity sensitivity(const hdf5::Group& root, const std::string& indicator,
                        const std::string& quarter) {
  const Block block = block_of(root);
  ResultData data(root);
  const Runs& runs = data.runs();
  const std::vector<std::string> known = metric_names(root);
  if (std::ranges::find(known, indicator) == known.end()) {
    const std::vector<std::string_view> words(known.begin(), known.end());
    throw InputError(
        fmt::format("--indicator '{}' is no variable over quarters and no ratio", indicator) +
        suggestion(indicator, words));
  }
  const Metric metric(data, indicator);
  const std::size_t q = quarter.empty() ? data.quarters() - 1 : quarter_index(root, quarter);
  const auto value_of = [&](std::size_t run) { return metric(run, q); };

  Sensitivity result{
      block.method,
      indicator,
      metric.unit(),
      root.variable("quarter_label").along({"quarter"}).read<std::string>(q, 1).front(),
      0,
      {}};
  for (const std::size_t run : runs.of(runs.baseline()))
    result.replicates = std::max(result.replicates, runs.replicate_of(run) + 1);
  require_complete(runs, block, result.replicates);
  for (std::size_t a = 0; a < runs.alternatives().size(); ++a)
    for (std::size_t s = 0; s < runs.scenarios().size(); ++s)
      for (const bool gain : {false, true}) {
        if (gain && s == runs.baseline()) continue;
        std::vector<double> outcome;
        for (const std::size_t run : runs.of(s, a))
          outcome.push_back(value_of(run) - (gain ? value_of(runs.baseline_of(run)) : 0.0));
        result.outcomes.push_back({runs.scenarios()[s],
                                   runs.alternatives().size() > 1 ? runs.alternatives()[a] : "",
                                   gain, effects_of(block, runs.by_point(runs.of(s, a), outcome))});
      }
  return result;
}

}  // namespace rathaus::analysis
