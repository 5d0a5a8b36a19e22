// Sections of the decision table about what is not known: targets, robustness over the points of a
// design, rival theories. Formulas and sources: docs/metrics.md.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "analysis/comparison.h"
#include "analysis/targets.h"

namespace rathaus::analysis {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// What scenarios are ranked by: larger is better.
struct Performance {
  const char* name;
  const char* variable;
};
constexpr std::array<Performance, 2> performances{
    {{"units with AI in operation", "adopters"}, {"services in operation", "services_running"}}};

/// f(s, θ): mean over the replicates of each point, one row per scenario.
std::vector<std::vector<double>> over_points(Collector& c, const char* variable,
                                             std::size_t quarter) {
  const Table3& table = c.data.table(variable);
  std::vector<std::vector<double>> f;
  for (std::size_t s = 0; s < c.comparison.scenarios.size(); ++s) {
    std::vector<double> values;
    for (const std::size_t run : c.rows(s)) values.push_back(table.total(run, quarter));
    f.push_back(c.data.runs().by_point(c.rows(s), values));
  }
  return f;
}

/// Places by descending value, 1 the best; equals share the better place.
std::vector<double> places(const std::vector<double>& values) {
  std::vector<double> place;
  for (const double x : values)
    place.push_back(1.0 + static_cast<double>(std::ranges::count_if(
                              values, [x](double other) { return other > x; })));
  return place;
}

/// Of each scenario at each point: how far behind the best it is, and its place.
struct Standing {
  std::vector<std::vector<double>> regret, place;  //!< [scenario][point]
};

Standing standing_of(const std::vector<std::vector<double>>& f) {
  Standing standing{std::vector<std::vector<double>>(f.size()),
                    std::vector<std::vector<double>>(f.size())};
  for (std::size_t point = 0; point < f.front().size(); ++point) {
    std::vector<double> here;
    for (const auto& scenario : f) here.push_back(scenario[point]);
    const double best = *std::ranges::max_element(here);
    const std::vector<double> ranks = places(here);
    for (std::size_t s = 0; s < f.size(); ++s) {
      standing.regret[s].push_back(best - here[s]);
      standing.place[s].push_back(ranks[s]);
    }
  }
  return standing;
}

void add_regret(Collector& c, const Performance& performance) {
  std::vector<Standing> standing;
  for (const Horizon& horizon : c.comparison.horizons)
    standing.push_back(standing_of(over_points(c, performance.variable, horizon.quarter)));
  const auto add = [&](const char* metric, const char* unit, auto value) {
    for (std::size_t h = 0; h < standing.size(); ++h) {
      Line line{"robustness over the points of the design",
                fmt::format("{}: {}", performance.name, metric),
                unit,
                "",
                h,
                0,
                {}};
      for (std::size_t s = 0; s < c.comparison.scenarios.size(); ++s)
        line.cells.push_back(
            {plain_estimate(value(standing[h].regret[s], standing[h].place[s])), std::nullopt, ""});
      c.add_line(std::move(line));
    }
  };
  using Values = std::vector<double>;
  add("largest regret", "1",
      [](const Values& regret, const Values&) { return *std::ranges::max_element(regret); });
  add("regret that 90 % of points stay below", "1",
      [](const Values& regret, const Values&) { return quantile(regret, 0.9); });
  add("best at", "% of points", [](const Values&, const Values& place) {
    return 100.0 * static_cast<double>(std::ranges::count(place, 1.0)) /
           static_cast<double>(place.size());
  });
  add("mean place", "1", [](const Values&, const Values& place) { return summarise(place).mean; });
}

}  // namespace

void add_targets(Collector& c) {
  for (const JudgedTarget& target : judge_targets(c.data)) {
    Line level{"targets", "value", target.unit, target.text, 0, 0, {}};
    Line met{"targets", "met in share of runs", "%", target.text, 0, 0, {}};
    for (std::size_t s = 0; s < c.comparison.scenarios.size(); ++s) {
      std::vector<double> values, success;
      for (const std::size_t run : c.rows(s)) {
        values.push_back(target.value[run]);
        success.push_back(target.met_by(values.back()) ? 100.0 : 0.0);
      }
      level.cells.push_back({c.estimate(s, values), std::nullopt, ""});
      met.cells.push_back({plain_estimate(summarise(success).mean), std::nullopt, ""});
    }
    c.add_line(std::move(level));
    c.add_line(std::move(met));
  }
}

void add_robustness(Collector& c) {
  if (c.data.runs().points() < 2) return;
  if (c.comparison.scenarios.size() > 1)
    for (const Performance& performance : performances) add_regret(c, performance);
  const std::vector<JudgedTarget> targets = judge_targets(c.data);
  if (targets.empty()) return;
  Line line{"targets", "all met, on average over chance, at share of points", "%", "all", 0, 0, {}};
  for (std::size_t s = 0; s < c.comparison.scenarios.size(); ++s) {
    std::vector<bool> all;
    for (const JudgedTarget& target : targets) {
      std::vector<double> values;
      for (const std::size_t run : c.rows(s)) values.push_back(target.value[run]);
      const std::vector<double> means = c.data.runs().by_point(c.rows(s), values);
      all.resize(means.size(), true);
      for (std::size_t point = 0; point < means.size(); ++point)
        all[point] = all[point] && target.met_by(means[point]);
    }
    const auto met = static_cast<double>(std::ranges::count(all, true));
    line.cells.push_back(
        {plain_estimate(all.empty() ? missing : 100.0 * met / static_cast<double>(all.size())),
         std::nullopt, ""});
  }
  c.add_line(std::move(line));
}

void add_rivals(Collector& c) {
  Comparison& comparison = c.comparison;
  if (comparison.alternatives.size() < 2 || comparison.scenarios.size() < 2) return;
  const std::string section = "rival theories: place of each scenario (1: most), never averaged";
  const std::size_t theories = comparison.alternatives.size();
  for (const Performance& performance : performances) {
    std::vector<std::vector<double>> first;  // [horizon] places under the first theory
    for (std::size_t a = 0; a < theories; ++a)
      for (std::size_t h = 0; h < comparison.horizons.size(); ++h) {
        c.alternative = a;
        std::vector<double> means;
        for (const auto& points :
             over_points(c, performance.variable, comparison.horizons[h].quarter))
          means.push_back(summarise(points).mean);
        const std::vector<double> place = places(means);
        if (a == 0) first.push_back(place);
        if (place != first[h])
          comparison.warnings.push_back(fmt::format(
              "{} after {}: the ranking of scenarios is not the same under '{}' as under "
              "'{}'",
              performance.name, comparison.horizons[h].label, comparison.alternatives[a],
              comparison.alternatives[0]));
        c.alternative = theories;
        Line line{section, performance.name, "place", comparison.alternatives[a], h, 0, {}};
        for (const double p : place) line.cells.push_back({plain_estimate(p), std::nullopt, ""});
        c.add_line(std::move(line));
      }
  }
}

}  // namespace rathaus::analysis
