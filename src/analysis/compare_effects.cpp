// Sections of the decision table that read the indicators: adoption, market, climate, the
// three pillars and the statistics of the pairing. Formulas and sources: docs/metrics.md.
#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "analysis/compare_terms.h"
#include "analysis/comparison.h"

namespace rathaus::analysis {
namespace {

/// Mean openness of the installed base, weighted by installations.
Collector::OfRun openness(Collector& c) {
  const hdf5::Group& root = c.data.root();
  root.variable("vendor_base").along({"run", "quarter", "vendor"});
  const Table3& base = c.data.table("vendor_base");
  const std::vector<double> open =
      root.variable("vendors/vendor_openness").along({"vendor"}).read<double>();
  return [&base, open](std::size_t run, std::size_t q) {
    double sum = 0.0, all = 0.0;
    for (std::size_t v = 0; v < open.size(); ++v) {
      sum += base.at(run, q, v) * open[v];
      all += base.at(run, q, v);
    }
    return ratio(sum, all);
  };
}

}  // namespace

void add_adoption(Collector& c) {
  const std::string section = "adoption";
  c.add(section, "units with AI in operation", "1", level(c, "adopters"));
  c.add(section, "share of units", "%", named(c, "share_of_adopters", 100.0));
  c.add(section, "share of inhabitants reached", "%", named(c, "share_of_inhabitants", 100.0));
  c.add(section, "services in operation", "1", level(c, "services_running"));
  c.add(section, "pilots that never reached operation", "%", named(c, "graveyard", 100.0));
  c.data.root().variable("adopters").along({"run", "quarter", "size_class"});
  const Table3& by_class = c.data.table("adopters");
  const std::vector<double> whole =
      c.data.root().variable("units").along({"size_class"}).read<double>();
  c.add(section, "gap between large and small units", "pp",
        [&by_class, whole](std::size_t run, std::size_t q) {
          const std::size_t last = whole.size() - 1;
          return 100.0 * (ratio(by_class.at(run, q, last), whole[last]) -
                          ratio(by_class.at(run, q, 0), whole[0]));
        });
}

void add_market(Collector& c) {
  const std::string section = "lock-in and sovereignty";
  c.add(section, "mean lock-in of running services", "1", named(c, "mean_lock_in"));
  c.add(section, "locked cost a year", "million EUR",
        [locked = level(c, "locked_cost", million)](std::size_t run, std::size_t q) {
          return 4.0 * locked(run, q);
        });
  c.add(section, "openness of the installed base", "1", openness(c));
  c.add(section, "vendor concentration, national (HHI)", "1", level(c, "hhi_national"));
  c.add(section, "vendor concentration, within regions (HHI)", "1", level(c, "hhi_local"));
}

void add_climate(Collector& c) {
  const std::string section = "climate";
  c.add(section, "rebound by formula, footprint included", "%", named(c, "rebound_share", 100.0));
  const auto net = upto(c, "energy_net");
  c.add(section, "net energy saved", "GWh", upto(c, "energy_net", 1e6));
  c.add(section, "net emissions avoided", "kt CO2e", upto(c, "emissions_net", 1e6));

  // R = 1 − (N_s − N_0)/(N_s̄ − N_0̄): net energy saved N; bars: twins (docs/metrics.md)
  const Runs& runs = c.data.runs();
  if (runs.of(c.comparison.baseline, c.alternative, true).empty()) return;
  const Collector::OfRun lost = [&runs, net](std::size_t run, std::size_t q) {
    return net(runs.twin_of(run), q) - net(run, q);
  };
  c.add(section, "net energy lost to rebound, against the twin", "GWh",
        [lost](std::size_t run, std::size_t q) { return lost(run, q) / 1e6; });
  if (!c.comparison.with_baseline()) return;
  const Collector::OfRun potential = [&runs, net](std::size_t run, std::size_t q) {
    return net(runs.twin_of(run), q) - net(runs.twin_of(runs.baseline_of(run)), q);
  };
  c.add_ratio(section, "rebound of the programme, against twins", "1", change(c, lost), potential,
              true);
}

void add_pillars(Collector& c) {
  const std::string section = "three pillars (SDG targets)";
  c.add(section, "economic: net fiscal effect per inhabitant (8.2, 17.1)", "EUR",
        named(c, "net_fiscal_effect_per_inhabitant"));
  c.add(section, "economic: effective number of vendors (8.3, 9.3)", "1",
        named(c, "effective_vendors"));
  c.add(section, "social: residents left behind (1.4, 10.3)", "%",
        [share = named(c, "share_of_inhabitants")](std::size_t run, std::size_t q) {
          return 100.0 * (1.0 - share(run, q));
        });
  c.add(section, "social: staff time freed (8.5)", "FTE", level(c, "staff_freed"));
  c.add(section, "social: incidents so far (16.6)", "1", upto(c, "incidents"));
  c.add(section, "ecological: net energy saved (7.3)", "GWh", upto(c, "energy_net", 1e6));
  c.add(section, "ecological: net emissions avoided (13.2)", "kt CO2e",
        upto(c, "emissions_net", 1e6));
  c.add(section, "governance: openness of systems (16.10)", "1", openness(c));
}

void add_pairing(Collector& c) {
  const std::string section = "what pairing was worth";
  const auto adopters = level(c, "adopters");
  Comparison& comparison = c.comparison;
  if (comparison.scenarios.size() == 1) return;
  const std::string other =
      comparison.with_baseline() ? "the baseline" : "'" + comparison.against_name() + "'";
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  for (const bool correlation : {true, false})
    for (std::size_t h = 0; h < comparison.horizons.size(); ++h) {
      Line line{section,
                correlation ? fmt::format("correlation with {} (units with AI)", other)
                            : "independent runs that one pair replaces",
                "1",
                "",
                h,
                0,
                {}};
      for (std::size_t s = 0; s < comparison.scenarios.size(); ++s) {
        std::vector<double> values, partner;
        for (const std::size_t run : c.rows(s)) {
          values.push_back(adopters(run, comparison.horizons[h].quarter));
          partner.push_back(adopters(c.partner_of(run), comparison.horizons[h].quarter));
        }
        const Runs& runs = c.data.runs();
        const PairingWorth worth = pairing_worth(runs.by_replicate(c.rows(s), values),
                                                 runs.by_replicate(c.rows(s), partner));
        Cell cell{plain_estimate(missing), std::nullopt, ""};
        if (s != comparison.against)
          cell.level.mean = correlation ? worth.correlation : worth.worth;
        if (correlation && s != comparison.against && worth.correlation < 0.3)
          cell.note = "weak: the gain is hardly surer than from independent runs";
        line.cells.push_back(cell);
      }
      c.add_line(std::move(line));
    }
}

}  // namespace rathaus::analysis
