#include "analysis/summary.h"

#include <algorithm>
#include <array>
#include <string>

#include "analysis/runs.h"
#include "analysis/spread.h"
#include "hdf5/own_dimension.h"
#include "hdf5/udunits.h"

namespace rathaus::analysis {
namespace {

const std::vector<std::string> by_class{"run", "quarter", "size_class"};

constexpr std::size_t statistics = summary_statistics;

/// Some quarters of an indicator: (run, quarter x class).
struct Block {
  const std::vector<double>& values;
  std::size_t row_size;
  double at(std::size_t run, std::size_t place) const { return values[run * row_size + place]; }
};

/// How many quarters of a variable are read at once: some 3 MB, so that memory hardly grows with
/// the number of runs; but in at most ten goes, since each decompresses all of it.
std::size_t quarters_at_once(const hdf5::Variable& indicator) {
  const std::size_t quarters = indicator.shape()[1];
  const std::size_t per_quarter = std::max<std::size_t>(1, indicator.rows() * indicator.shape()[2]);
  return std::clamp(std::size_t{400'000} / per_quarter, (quarters + 9) / 10, quarters);
}

/// Statistics of every (scenario, alternative, quarter, class), in the order of the file.
/// `value_of(values, run, place)` gives one run's value from those of some quarters.
template <class ValueOf>
std::vector<double> statistics_of(const Runs& runs, const hdf5::Variable& indicator,
                                  ValueOf value_of) {
  const std::size_t quarters = indicator.shape()[1], classes = indicator.shape()[2];
  std::vector<double> out(runs.scenarios().size() * runs.alternatives().size() * quarters *
                          classes * statistics);
  std::vector<double> collected;
  for (std::size_t first = 0; first < quarters; first += quarters_at_once(indicator)) {
    const std::size_t count = std::min(quarters_at_once(indicator), quarters - first);
    const std::vector<double> values = indicator.read_columns<double>(first, count);
    const Block block{values, count * classes};
    for (std::size_t scenario = 0; scenario < runs.scenarios().size(); ++scenario)
      for (std::size_t alternative = 0; alternative < runs.alternatives().size(); ++alternative)
        for (std::size_t place = 0; place < block.row_size; ++place) {
          const std::vector<std::size_t>& rows = runs.of(scenario, alternative);
          collected.clear();
          for (const std::size_t run : rows) collected.push_back(value_of(block, run, place));
          const Summary all = summarise(collected);
          const Summary chance = summarise(runs.by_replicate(rows, collected));
          const Spread spread = spread_of(runs, rows, collected);
          const std::array<double, statistics> line{
              all.mean, chance.half_width_95, all.p05,         all.p50,
              all.p95,  spread.chance,        spread.ignorance};
          const std::size_t group = scenario * runs.alternatives().size() + alternative;
          std::ranges::copy(line,
                            &out[((group * quarters + first) * classes + place) * statistics]);
        }
  }
  return out;
}

/// A variable of the root with what it says of itself, for readers of this group alone.
template <class T>
void copy(const hdf5::Group& root, const char* name, hdf5::Group& group) {
  const hdf5::Variable from = root.variable(name);
  hdf5::Variable to = group.variable<T>(name, from.dimensions());
  for (const char* attribute : {"long_name", "units", "standard_name", "calendar"})
    if (from.has_attribute(attribute)) to.attribute(attribute, from.text_attribute(attribute));
  to.write(from.read<T>());
}

}  // namespace

void write_summary(hdf5::Group root) {
  const Runs runs(root);
  std::vector<std::size_t> baseline_of(root.variable("run").rows());
  for (std::size_t s = 0; s < runs.scenarios().size(); ++s)
    for (std::size_t a = 0; a < runs.alternatives().size(); ++a)
      for (const std::size_t run : runs.of(s, a)) baseline_of[run] = runs.baseline_of(run);

  hdf5::Group summary = root.group("summary");
  for (const char* axis : {"scenario", "alternative", "size_class"})
    hdf5::own_dimension(summary, axis);
  copy<std::string>(root, "quarter_label", summary);
  copy<std::int32_t>(root, "time", summary);
  summary.dimension("statistic",
                    std::vector<std::string>{"mean", "half_width_95", "p05", "p50", "p95",
                                             "spread_by_chance", "spread_by_ignorance"},
                    "over replicates and points; half_width_95: of the mean, by chance; spreads: "
                    "standard deviations between replicates and between points");
  for (const std::string& name : root.variables()) {
    const hdf5::Variable indicator = root.variable(name);
    if (indicator.dimensions() != by_class) continue;
    const auto write = [&](const std::string& variable, const std::string& what, auto value_of) {
      summary
          .variable<double>(variable,
                            {"scenario", "alternative", "quarter", "size_class", "statistic"},
                            {.units = hdf5::unit_of(indicator),
                             .long_name = what,
                             .attributes = {{"coordinates", "time quarter_label"}}})
          .write(statistics_of(runs, indicator, value_of));
    };
    write(name, indicator.text_attribute("long_name"),
          [](const Block& block, std::size_t run, std::size_t place) {
            return block.at(run, place);
          });
    if (runs.scenarios().size() == 1) continue;
    write(name + "_gain", "gain over the baseline: " + indicator.text_attribute("long_name"),
          [&](const Block& block, std::size_t run, std::size_t place) {
            return block.at(run, place) - block.at(baseline_of[run], place);
          });
  }
}

}  // namespace rathaus::analysis
