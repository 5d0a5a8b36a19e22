// Sections of the decision table that read the indicators: adoption, money, market, climate, the
// three pillars and the statistics of the pairing. Formulas and sources: docs/metrics.md.
#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "analysis/comparison.h"
#include "analysis/metric.h"

namespace rathaus::analysis {
namespace {

constexpr double million = 1e6;

double ratio(double numerator, double denominator) {
  return denominator == 0.0 ? std::numeric_limits<double>::quiet_NaN() : numerator / denominator;
}

/// The level of an indicator at the end of a quarter, or its sum up to then.
Collector::OfRun level(Collector& c, const std::string& name, double per = 1.0) {
  const Table3& table = c.data.table(name);
  return [&table, per](std::size_t run, std::size_t q) { return table.total(run, q) / per; };
}
Collector::OfRun upto(Collector& c, const std::string& name, double per = 1.0) {
  const Table3& table = c.data.table(name);
  return [&table, per](std::size_t run, std::size_t q) { return table.upto(run, q) / per; };
}

/// What changed against the run that gains are over.
Collector::OfRun change(Collector& c, Collector::OfRun value) {
  return [&c, value](std::size_t run, std::size_t q) {
    return value(run, q) - value(c.partner_of(run), q);
  };
}

Collector::OfRun own_spending_and_running(Collector& c) {
  const auto own = upto(c, "own_spending"), running = upto(c, "running_cost"),
             switching = upto(c, "switching_cost");
  return [=](std::size_t run, std::size_t q) {
    return own(run, q) + running(run, q) + switching(run, q);
  };
}

/// A ratio by its name.
Collector::OfRun named(Collector& c, const std::string& name, double factor = 1.0) {
  return [metric = Metric(c.data, name), factor](std::size_t run, std::size_t q) {
    return factor * metric(run, q);
  };
}

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

void add_money(Collector& c) {
  const std::string section = "money";
  ResultData& data = c.data;
  const Collector::OfRun paid = [&data](std::size_t run, std::size_t q) {
    return data.paid(run, q);
  };
  const Collector::OfRun discounted = [&data](std::size_t run, std::size_t q) {
    return data.paid(run, q, true);
  };
  const Collector::OfRun paid_million = [paid](std::size_t run, std::size_t q) {
    return paid(run, q) / million;
  };
  if (c.comparison.with_baseline())  // which most often pays nothing: level and gain are the same
    c.add_level(section, "public money paid", "million EUR", paid_million);
  else
    c.add(section, "public money paid", "million EUR", paid_million);
  const std::size_t first = c.comparison.lines.size() - c.comparison.horizons.size();
  for (std::size_t l = first; l < c.comparison.lines.size(); ++l)
    for (std::size_t s = 0; s < c.comparison.scenarios.size(); ++s)
      if (!c.rows(s).empty() && data.priceless(c.rows(s).front()))
        c.comparison.lines[l].cells[s].note = "without support that has no price";
  c.add(section, "grants received", "million EUR", upto(c, "grants_received", million));
  c.add(section, "own spending on projects", "million EUR", upto(c, "own_spending", million));
  c.add(section, "running cost", "million EUR", upto(c, "running_cost", million));

  const auto more_units = change(c, level(c, "adopters"));
  const auto more_services = change(c, level(c, "services_running"));
  const auto spent = change(c, own_spending_and_running(c));
  const auto public_cost = change(c, discounted);
  c.add_ratio(section, "public money per additional unit with AI", "EUR", public_cost, more_units,
              true);
  c.add_ratio(section, "public money per additional service", "EUR", public_cost, more_services,
              true);
  c.add_ratio(
      section, "cost to funder and municipalities per additional service", "EUR",
      [=](std::size_t run, std::size_t q) { return public_cost(run, q) + spent(run, q); },
      more_services, true);
  c.add_ratio(section, "additional own spending per public euro", "1",
              change(c, upto(c, "own_spending")), change(c, paid));
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
