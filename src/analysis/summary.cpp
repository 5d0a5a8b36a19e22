#include "analysis/summary.h"

#include <array>
#include <string>

#include "analysis/runs.h"
#include "analysis/spread.h"

namespace rathaus::analysis {
namespace {

const std::vector<std::string> by_class{"run", "quarter", "size_class"};

/// Statistics of every (scenario, alternative, quarter, class), in the order of the file.
/// `value_of(run, place)` gives one run's value.
template <class ValueOf>
std::vector<double> statistics_of(const Runs& runs, std::size_t size, ValueOf value_of) {
  std::vector<double> out, values;
  for (std::size_t scenario = 0; scenario < runs.scenarios().size(); ++scenario)
    for (std::size_t alternative = 0; alternative < runs.alternatives().size(); ++alternative)
      for (std::size_t place = 0; place < size; ++place) {
        const std::vector<std::size_t>& rows = runs.of(scenario, alternative);
        values.clear();
        for (const std::size_t run : rows) values.push_back(value_of(run, place));
        const Summary all = summarise(values);
        const Summary chance = summarise(runs.by_replicate(rows, values));
        const Spread spread = spread_of(runs, rows, values);
        out.insert(out.end(), {all.mean, chance.half_width_95, all.p05, all.p50, all.p95,
                               spread.chance, spread.ignorance});
      }
  return out;
}

}  // namespace

void write_summary(results::Group root) {
  const Runs runs(root);
  std::vector<std::size_t> baseline_of(root.variable("run").rows());
  for (std::size_t s = 0; s < runs.scenarios().size(); ++s)
    for (std::size_t a = 0; a < runs.alternatives().size(); ++a)
      for (const std::size_t run : runs.of(s, a)) baseline_of[run] = runs.baseline_of(run);

  results::Group summary = root.group("summary");
  summary.dimension("statistic",
                    std::vector<std::string>{"mean", "half_width_95", "p05", "p50", "p95",
                                             "spread_by_chance", "spread_by_ignorance"},
                    "over replicates and points; half_width_95: of the mean, by chance; spreads: "
                    "standard deviations between replicates and between points");
  for (const std::string& name : root.variables()) {
    const results::Variable indicator = root.variable(name);
    if (indicator.dimensions() != by_class) continue;
    const std::vector<double> values = indicator.read<double>();
    const std::size_t size = indicator.row_size();
    const auto level = [&](std::size_t run, std::size_t place) {
      return values[run * size + place];
    };
    const auto write = [&](const std::string& variable, const std::string& what, auto value_of) {
      summary
          .variable<double>(variable,
                            {"scenario", "alternative", "quarter", "size_class", "statistic"},
                            {.units = indicator.text_attribute("units"), .long_name = what})
          .write(statistics_of(runs, size, value_of));
    };
    write(name, indicator.text_attribute("long_name"), level);
    if (runs.scenarios().size() == 1) continue;
    write(name + "_gain", "gain over the baseline: " + indicator.text_attribute("long_name"),
          [&](std::size_t run, std::size_t place) {
            return level(run, place) - level(baseline_of[run], place);
          });
  }
}

}  // namespace rathaus::analysis
