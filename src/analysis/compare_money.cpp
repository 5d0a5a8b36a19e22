// Sections of the decision table about money: what is paid and spent, what it is worth over time,
// and what became of each pot. Formulas and sources: docs/metrics.md.
#include <array>
#include <cmath>

#include "analysis/compare_terms.h"
#include "analysis/comparison.h"

namespace rathaus::analysis {
namespace {

/// Own spending, running cost and switching cost so far; discounted to the start of the run if
/// asked.
Collector::OfRun spent_by_municipalities(Collector& c, bool discounted) {
  ResultData& data = c.data;
  return [&data, discounted](std::size_t run, std::size_t q) {
    double sum = 0.0;
    for (const char* part : {"own_spending", "running_cost", "switching_cost"})
      sum += data.so_far(part, run, q, discounted);
    return sum;
  };
}

/// What running the programmes costs their funders so far; NaN where a programme that the run has
/// does not say.
Collector::OfRun administration(Collector& c, bool discounted) {
  ResultData& data = c.data;
  return [&data, discounted](std::size_t run, std::size_t q) {
    return data.so_far("programmes/administration", run, q, discounted);
  };
}

/// Money that the future is worth today: what municipalities save less what they spend, what is
/// paid to them, what running the programmes costs as far as that is known, and the years of
/// service.
struct PresentValues {
  Collector::OfRun paid, administration, municipalities, service_years;

  explicit PresentValues(Collector& c) {
    ResultData& data = c.data;
    paid = [&data](std::size_t run, std::size_t q) { return data.paid(run, q, true); };
    const bool told = data.has("programmes/administration");
    administration = [&data, told](std::size_t run, std::size_t q) {
      if (!told) return 0.0;
      const double cost = data.so_far("programmes/administration", run, q, true);
      return std::isnan(cost) ? 0.0 : cost;
    };
    const Collector::OfRun spent = spent_by_municipalities(c, true);
    municipalities = [&data, spent](std::size_t run, std::size_t q) {
      return data.so_far("saving", run, q, true) - spent(run, q);
    };
    service_years = [&data](std::size_t run, std::size_t q) {
      return data.so_far("services_running", run, q, true) / 4.0;
    };
  }
  /// Of funder and municipalities together; above 0 it pays for itself.
  Collector::OfRun net() const {
    return [p = *this](std::size_t run, std::size_t q) {
      return p.municipalities(run, q) - p.paid(run, q) - p.administration(run, q);
    };
  }
};

Collector::OfRun in_million(Collector::OfRun value) {
  return [value = std::move(value)](std::size_t run, std::size_t q) {
    return value(run, q) / million;
  };
}

/// Present values, what stays with municipalities, and from which worth of a service on it pays.
void add_over_time(Collector& c) {
  const std::string section = "money";
  const PresentValues present(c);
  const auto add = [&](const char* metric, const Collector::OfRun& value) {
    if (c.comparison.with_baseline())  // which pays nothing: level and gain are the same
      c.add_level(section, metric, "million EUR", in_million(value));
    else
      c.add(section, metric, "million EUR", in_million(value));
  };
  add("public money, present value", present.paid);
  if (c.data.has("programmes/administration"))
    add("administration by the funder", administration(c, false));
  const Collector::OfRun running = level(c, "running_cost", million / 4.0);
  c.add(section, "follow-up cost: running cost a year", "million EUR", running);
  c.add(section, "follow-up cost a year per inhabitant", "EUR",
        named(c, "running_cost_per_inhabitant"));
  c.add(section, "net present value for municipalities", "million EUR",
        in_million(present.municipalities));
  c.add(section, "net present value for funder and municipalities", "million EUR",
        in_million(present.net()));
  const auto gain = change(c, present.net());
  c.add_ratio(
      section, "switching value: worth of a service a year from which it pays", "EUR",
      [gain](std::size_t run, std::size_t q) { return -gain(run, q); },
      change(c, present.service_years), true);
}

}  // namespace

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
  add_over_time(c);

  const auto more_units = change(c, level(c, "adopters"));
  const auto more_services = change(c, level(c, "services_running"));
  const auto spent = change(c, spent_by_municipalities(c, false));
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

/// Million EUR of each programme so far: what a funder's books say of a pot.
void add_pots(Collector& c) {
  ResultData& data = c.data;
  struct Kind {
    const char *metric, *variable;
  };
  constexpr std::array kinds{Kind{"money offered", "refilled"},
                             Kind{"money applied for", "requested"},
                             Kind{"money awarded", "granted"},
                             Kind{"money paid", "paid"},
                             Kind{"money returned", "returned"},
                             Kind{"money left in the pot", "remaining"},
                             Kind{"cost of administration", "administration"}};
  for (std::size_t k = 0; k < data.programmes().size(); ++k)
    for (const Kind& kind : kinds) {
      const std::string name = std::string("programmes/") + kind.variable;
      if (!data.has(name)) continue;  // before format 1.2
      data.root().variable(name).along({"run", "quarter", "programme"});
      const Table3& table = data.table(name);
      const bool is_state = kind.variable == std::string("remaining");
      c.add_level(
          "pots of the programmes", kind.metric, "million EUR",
          [&table, k, is_state](std::size_t run, std::size_t q) {
            double sum = 0.0;
            for (std::size_t t = is_state ? q : 0; t <= q; ++t) sum += table.at(run, t, k);
            return sum / million;
          },
          data.programmes()[k]);
    }
}

}  // namespace rathaus::analysis
