// The decision table as CSV and JSON.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "commands/comparison_text.h"

namespace rathaus::commands {
namespace {

using analysis::Cell;
using analysis::Comparison;
using analysis::Estimate;
using analysis::Horizon;
using analysis::Line;

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string plain(double x) {
  return std::isnan(x) ? "" : fmt::format("{}", x);
}

}  // namespace

std::string comparison_csv(const Comparison& comparison) {
  // a table against another scenario than the baseline says so in every row
  const bool told = !comparison.with_baseline();
  const std::string last = told ? "," + quoted(comparison.against_name()) : "";
  std::string text = fmt::format(
      "section,metric,unit,detail,horizon,until,alternative,scenario,kind,mean,low,high,p05,p95,"
      "point_p05,point_p95,note{}\n",
      told ? ",against" : "");
  for (const Line& line : comparison.lines)
    for (std::size_t s = 0; s < line.cells.size(); ++s) {
      const Cell& cell = line.cells[s];
      const auto add = [&](const char* kind, const Estimate& e) {
        text += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}{}\n",
                            quoted(line.section), quoted(line.metric), quoted(line.unit),
                            quoted(line.detail), quoted(comparison.horizons[line.horizon].label),
                            quoted(comparison.horizons[line.horizon].until),
                            quoted(comparison.theory(line.alternative)),
                            quoted(comparison.scenarios[s]), kind, plain(e.mean), plain(e.low),
                            plain(e.high), plain(e.p05), plain(e.p95), plain(e.point_p05),
                            plain(e.point_p95), quoted(cell.note), last);
      };
      add("level", cell.level);
      if (cell.gain) add("gain", *cell.gain);
    }
  return text;
}

std::string comparison_json(const Comparison& comparison, const nlohmann::json& answer) {
  using nlohmann::json;
  const auto value = [](double x) { return std::isnan(x) ? json() : json(x); };
  const auto estimate = [&](const Estimate& e) {
    return json{{"mean", value(e.mean)},
                {"low", value(e.low)},
                {"high", value(e.high)},
                {"p05", value(e.p05)},
                {"p95", value(e.p95)},
                {"point_p05", value(e.point_p05)},
                {"point_p95", value(e.point_p95)}};
  };
  json horizons = json::array();
  for (const Horizon& horizon : comparison.horizons)
    horizons.push_back({{"label", horizon.label}, {"until", horizon.until}});
  json lines = json::array();
  for (const Line& line : comparison.lines) {
    json cells = json::array();
    for (std::size_t s = 0; s < line.cells.size(); ++s)
      cells.push_back({{"scenario", comparison.scenarios[s]},
                       {"level", estimate(line.cells[s].level)},
                       {"gain", line.cells[s].gain ? estimate(*line.cells[s].gain) : json()},
                       {"note", line.cells[s].note}});
    lines.push_back({{"section", line.section},
                     {"metric", line.metric},
                     {"unit", line.unit},
                     {"detail", line.detail},
                     {"horizon", comparison.horizons[line.horizon].label},
                     {"alternative", comparison.theory(line.alternative)},
                     {"ratio", line.is_ratio},
                     {"cells", cells}});
  }
  json all{{"title", comparison.title},
           {"replicates", comparison.replicates},
           {"points", comparison.points},
           {"alternatives", comparison.alternatives},
           {"baseline", comparison.scenarios[comparison.baseline]},
           {"scenarios", comparison.scenarios},
           {"horizons", horizons},
           {"horizons_count_from", comparison.since},
           {"support_starts_there", comparison.since_support},
           {"warnings", comparison.warnings},
           {"answer", answer},
           {"lines", lines}};
  if (!comparison.with_baseline()) all["against"] = comparison.against_name();
  return all.dump(1) + "\n";
}

}  // namespace rathaus::commands
