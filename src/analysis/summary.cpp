#include "analysis/summary.h"

#include <array>
#include <string>

#include "analysis/statistics.h"

namespace rathaus::analysis {
namespace {

const std::vector<std::string> by_class{"run", "quarter", "size_class"};

/// Statistics of every (quarter, class) of one indicator over all runs, in the order of the file.
std::vector<double> statistics_of(const results::Variable& indicator) {
  const std::vector<double> values = indicator.read<double>();
  const std::size_t runs = indicator.rows();
  const std::size_t size = indicator.row_size();
  std::vector<double> out;
  std::vector<double> over_runs(runs);
  for (std::size_t place = 0; place < size; ++place) {
    for (std::size_t run = 0; run < runs; ++run) over_runs[run] = values[run * size + place];
    const Summary s = summarise(over_runs);
    out.insert(out.end(), {s.mean, s.half_width_95, s.p05, s.p50, s.p95});
  }
  return out;
}

}  // namespace

void write_summary(results::Group root) {
  results::Group summary = root.group("summary");
  summary.dimension("statistic",
                    std::vector<std::string>{"mean", "half_width_95", "p05", "p50", "p95"},
                    "over replicates; half_width_95 is that of the mean");
  for (const std::string& name : root.variables()) {
    const results::Variable indicator = root.variable(name);
    if (indicator.dimensions() != by_class) continue;
    summary
        .variable<double>(name, {"scenario", "alternative", "quarter", "size_class", "statistic"},
                          {.units = indicator.text_attribute("units"),
                           .long_name = indicator.text_attribute("long_name")})
        .write(statistics_of(indicator));
  }
}

}  // namespace rathaus::analysis
