// Programmes, scenarios and targets: rows laid over each other, and every kind of bad input.
#include "model/programmes.h"

#include <sstream>

#include "catch.h"
#include "config/helpers.h"

namespace rathaus::config {
namespace {

using model::Port;

const std::string policies = shortest + R"([programme.grant]
field = "incentives"
ports = { grant_pilot = 0.8, aware = 0.5 }
window = { first = "2026-Q1", length = 2, every = 4, last = "2030-Q4", announced = 2 }
budget = { per_year = 1_000_000.01, carry_over = true }
cap_per_award = 250_000
eligible = { population = { below = 50_000 }, use_cases = ["planning", "mobility"] }
award = { rule = "fcfs" }
effort = { application_days = 12 }
[programme.advice]
from = "advice"
ports = { coop = 2 }
window = { first = "2026-Q1", length = 20 }
budget = { total = 3_000_000 }
[scenario.nothing]
baseline = true
[scenario.flat]
programmes = ["grant"]
[scenario.tiered]
like = "flat"
change.grant.ports.grant_pilot = { weak = 0.95, middle = 0.80, strong = 0.60 }
change.grant.award = { rule = "quota", reserve = { weak = 0.5 } }
[scenario.both]
like = "tiered"
programmes = ["advice", "grant"]
change.grant.budget.per_year = 9
change.grant.ports.grant_pilot = 0.7
)";

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST_CASE("scenarios: catalogue row, programme, like and change lie over each other") {
  const study::Study study = study_of(policies);
  REQUIRE(study.scenarios.size() == 4);
  CHECK(study.baseline == 0);
  CHECK(study.scenarios[0].programmes.empty());

  const model::Programme& flat = study.scenarios[1].programmes.at(0);
  CHECK(flat.name == "grant");
  CHECK(flat[Port::grant_pilot].value[0] == 0.8);
  CHECK(flat.window.first == 20);
  CHECK(flat.window.last == 39);
  CHECK(flat.budget.amount == 100'000'001);
  CHECK(flat.cap_per_award == 25'000'000);
  CHECK(flat.eligible.use_cases == std::vector<std::uint8_t>{2, 7});
  CHECK(!flat.wait);
  CHECK(!flat.early_start);

  const model::Programme& tiered = study.scenarios[2].programmes.at(0);
  CHECK(tiered[Port::grant_pilot].kind == model::ClassKind::fiscal);
  CHECK(tiered[Port::grant_pilot].value == std::array{0.95, 0.8, 0.6, 0.0});
  CHECK(tiered[Port::aware].value[0] == 0.5);  // merged port by port
  CHECK(tiered.award == model::AwardRule::quota);
  CHECK(tiered.reserve.value == std::array{0.5, 0.0, 0.0, 0.0});
  CHECK(tiered.budget.carry_over);

  REQUIRE(study.scenarios[3].programmes.size() == 2);
  const model::Programme& advice = study.scenarios[3].programmes[0];
  CHECK(advice.name == "advice");
  CHECK(advice[Port::coop].value[0] == 2.0);   // its own
  CHECK(advice[Port::aware].value[0] == 1.0);  // the catalogue's
  CHECK(advice.unit_cost == 2000.0);
  CHECK(advice.is_stock());
  const model::Programme& both = study.scenarios[3].programmes[1];
  CHECK(both.award == model::AwardRule::quota);
  CHECK(both[Port::grant_pilot].kind == model::ClassKind::all);  // a number replaces a table
  CHECK(both.budget.amount == 900);
  CHECK(both.budget.carry_over);  // merged key by key

  REQUIRE(study.gains.size() == 3);
  CHECK(study.gains[0].name == "advice.ports.aware");
  CHECK(study.gains[0].grade == "D");
}

TEST_CASE("policies come back from their resolved text, byte by byte") {
  const study::Study study = study_of(policies + R"([[target]]
indicator = "adopters"
group = { size_class = "<5k" }
share = true
by = "2030-Q4"
at_least = 0.25
[output]
fixed_demand = true
)");
  const study::Study again = study_of(study.resolved_text);
  CHECK(again.resolved_text == study.resolved_text);
  REQUIRE(again.targets.size() == 1);
  CHECK(again.targets[0].by == 39);
  CHECK(again.targets[0].of.parts == study.targets[0].of.parts);
  CHECK(again.output.fixed_demand);
  REQUIRE(again.scenarios.size() == study.scenarios.size());
  for (std::size_t s = 0; s < study.scenarios.size(); ++s)
    for (std::size_t k = 0; k < study.scenarios[s].programmes.size(); ++k) {
      const model::Programme& a = study.scenarios[s].programmes[k];
      const model::Programme& b = again.scenarios[s].programmes[k];
      CHECK(a.budget.amount == b.budget.amount);
      CHECK(a.window.last == b.window.last);
      for (std::size_t p = 0; p < model::port_names.size(); ++p)
        CHECK(a.ports[p].value == b.ports[p].value);
    }
}

TEST_CASE("overrides reach programmes and scenarios") {
  const study::Study study = study_of(
      policies, {"programme.grant.window.length=1", "scenario.nothing.programmes=['advice']",
                 "scenario.both.change.grant.budget.per_year=10", "programme.advice.ports.coop=5"});
  CHECK(study.scenarios[0].programmes.at(0).name == "advice");
  CHECK(study.scenarios[3].programmes[1].window.length == 1);
  CHECK(study.scenarios[3].programmes[1].budget.amount == 1000);
  CHECK(study.scenarios[3].programmes[0][Port::coop].value[0] == 5.0);
  // the catalogue knows 0.2 to 3
  REQUIRE(study.warnings.size() == 1);
  CHECK(contains(study.warnings[0], "= 5 is outside its plausible range (0.2 to 3"));
}

TEST_CASE("all mistakes of all programmes, scenarios and targets are told at once") {
  const std::string errors = errors_of(shortest + R"([programme.a]
field = "incentives"
ports = { grant_pilot = 1.5 }
window = { first = "2026-Q1" }
[programme.b]
field = "incentives"
ports = { grant_pilot = { weak = 0.9, strong = 0.5 } }
window = { first = "2019-Q1" }
[programme.c]
field = "incentives"
ports = { grant_pilot = 0.5 }
window = { first = "2045-Q1" }
budget = { per_year = 5 }
award = { rule = "quota" }
[programme.d]
field = "incentives"
ports = { grant_pilot = 0.5 }
window = { first = "2026-Q1" }
budget = { total = 0.001 }
award = { rule = "fcfs" }
[programme.unused]
field = "incentives"
ports = { grant_pilot = 0.5 }
window = { first = "2026-Q1" }
[scenario.one]
baseline = true
programmes = ["a", "b", "c", "dd"]
change.a.cap_per_award = 3
change.d.wait = 1
[scenario.two]
baseline = true
programmes = ["d"]
change.d.ports = { staff = 0.5 }
change.d.windw.length = 3
[[target]]
indicator = "adopter"
by = "2030-Q4"
at_least = 1
[[target]]
indicator = "adopters"
group = { size_class = "<5kk" }
by = "2060-Q4"
at_least = 1
at_most = 2
[[target]]
indicator = "adopters"
group = { region = "Sachsen" }
by = "2030-Q4"
at_least = 1
)");
  const std::vector<std::string> told = lines_of(errors);
  const char* expected[] = {
      "x.toml:5:25: programme.a.ports.grant_pilot = 1.5 is out of its hard bounds",
      "x.toml:9:25: programme.b.ports.grant_pilot misses the class middle",
      "x.toml:14:20: programme.c.window.first is outside the run",
      "x.toml:16:18: programme.c.award.rule = \"quota\" needs reserve",
      "x.toml:21:20: programme.d.budget.total = 0.001 is below one cent",
      "x.toml:23:1: programme.unused is used by no scenario",
      "x.toml:29:32: scenario.one.programmes[3] = \"dd\" is no choice",
      "x.toml:30:26: scenario.one.change.a.cap_per_award changes what the programme does not say",
      "x.toml:31:17: scenario.one.change.d changes a programme that the scenario does not run",
      "x.toml:32:1: scenario.two is a second baseline beside one",
      "x.toml:35:28: scenario.two.change.d.ports.staff changes what the programme does not say",
      "x.toml:36:10: scenario.two.change.d.windw changes what the programme does not say",
      "x.toml:38:13: target[0].indicator = \"adopter\" is no choice (did you mean 'adopters'?)",
      "x.toml:41:1: a target says either at_least or at_most",
      "x.toml:43:24: target[1].group.size_class = \"<5kk\" is no choice (did you mean '<5k'?)",
      "x.toml:44:6: target[1].by = \"2060-Q4\" is outside the run",
      "x.toml:49:11: unknown key 'target[2].group.region' (known: land, size_class, fiscal_class)",
  };
  INFO(errors);
  for (const char* start : expected) {
    INFO(start);
    const std::string place_free = std::string(start).substr(std::string(start).find(": ") + 2);
    CHECK(contains(errors, place_free));
    const std::string line = std::string(start).substr(0, std::string(start).find(':', 7));
    CHECK(std::ranges::any_of(told, [&](const std::string& t) {
      return t.starts_with(line + ":") && contains(t, place_free);
    }));
  }
}

TEST_CASE("what a row of the catalogue would say is not missed where the row is") {
  const std::string file = R"([programme.advice]
from = "advize"
window = { first = "2026-Q1" }
[scenario.nothing]
baseline = true
programmes = []
[scenario.more]
programmes = ["advice"]
change.advice.ports.coop = 3
[scenario.most]
like = "more"
change.advice = { budget = { total = 0.001 } }
)";
  const std::string own =
      "programme.advice.budget.total = 0.001 is below one cent (money is paid in whole cents)";
  CHECK(errors_of(shortest + file) ==
        "x.toml:4:8: programme.advice.from = \"advize\" is no choice (did you mean 'advice'?)\n"
        "x.toml:14:38: " +
            own);
  const std::string without_model =
      "title = 't'\nmodel = '../nowhere/germany'\nuse_cases = ['assistant']\n"
      "uncertain.coop_join = 'range'\ndesign = { method = 'latin_hypercube', points = 4 }\n";
  CHECK(errors_of(without_model + file) ==
        "x.toml:2:9: there is no model '../nowhere/germany' (no such folder) write \"germany\", "
        "which is "
        "installed\nx.toml:17:38: " +
            own);
}

TEST_CASE("bonuses, stages, least awards and the funder's cost: read, changed, written back") {
  const study::Study study = study_of(policies + R"([programme.second]
field = "incentives"
ports = { grant_scale = 0.5 }
requires = "grant"
bonus = { coop = 0.1, "<5k" = 0.05 }
least_award = 5_000.01
funder_cost = { per_year = 80_000, per_award = 1_500 }
window = { first = "2027-Q1", length = 2 }
[scenario.stages]
programmes = ["second", "grant"]
[scenario.more]
like = "stages"
change.second.bonus = { coop = 0, weak = 0.2 }
change.second.least_award = 0
change.second.funder_cost.per_year = 0
)");
  const model::Programme& second = study.scenarios[4].programmes.at(0);
  CHECK(second.required == "grant");
  CHECK(second.bonus.of(true, 0, 0) == 0.1 + 0.05);
  CHECK(second.least_award == 500'001);
  REQUIRE(second.funder_cost);
  CHECK(second.funder_cost->per_year == 8'000'000);
  CHECK(second.funder_cost->per_application == 0);
  const study::Study again = study_of(study.resolved_text);
  CHECK(again.resolved_text == study.resolved_text);
  for (const study::Study* each : {&study, &again}) {
    const model::Programme& more = each->scenarios[5].programmes.at(0);
    CHECK(more.required == "grant");
    CHECK(more.bonus.of(true, 0, 0) == 0.05 + 0.2);  // merged key by key, a zero included
    CHECK(more.least_award == 0);
    CHECK(more.funder_cost->per_year == 0);
    CHECK(more.funder_cost->per_award == 150'000);
  }
}

TEST_CASE("bonuses, stages, least awards and the funder's cost: every mistake at once") {
  const std::string errors = errors_of(shortest + R"([programme.a]
field = "incentives"
ports = { grant_pilot = { weak = 0.95, middle = 0.8, strong = 0.6 } }
bonus = { coop = 0.04, weak = 0.02 }
window = { first = "2026-Q1" }
[programme.b]
field = "incentives"
requires = "c"
ports = { grant_pilot = 0.5 }
cap_per_award = 1000
least_award = 1000.01
window = { first = "2026-Q1" }
[programme.c]
field = "incentives"
requires = "b"
ports = { grant_pilot = 0.5 }
budget = { total = 1000 }
least_award = 2000
award = { rule = "fcfs" }
window = { first = "2026-Q1" }
[programme.d]
field = "competences"
requires = "bb"
ports = { staff = 0.5 }
bonus = { coop = 0.1 }
least_award = 3
funder_cost = { per_award = 3 }
window = { first = "2026-Q1" }
[programme.e]
field = "competences"
requires = "e"
ports = { staff = 0.5 }
window = { first = "2026-Q1" }
[programme.f]
field = "competences"
ports = { staff = 0.5 }
window = { first = "2026-Q1" }
bonus = { cop = 0.1 }
funder_cost = { per_yaer = 3 }
requires = 3
[scenario.one]
baseline = true
[scenario.two]
programmes = ["a", "b", "c", "d", "e", "f"]
[scenario.three]
programmes = ["b"]
)");
  INFO(errors);
  for (const char* message :
       {"x.toml:6:9: programme.a.bonus is above the rest of the share (with grant_pilot",
        "x.toml:10:12: programme.b.requires = \"c\" leads back to b (stages in a circle",
        "x.toml:10:12: programme.b.requires = \"c\" does not run in the scenario three",
        "x.toml:13:15: programme.b.least_award is above cap_per_award",
        "x.toml:17:12: programme.c.requires = \"b\" leads back to c",
        "x.toml:20:15: programme.c.least_award is above the budget",
        "programme.d.requires = \"bb\" is no programme of this file (its winners may apply) did "
        "you mean 'b'?",
        "programme.d.bonus needs a grant", "programme.d.least_award has no meaning here",
        "programme.d.funder_cost.per_award needs a grant",
        "programme.e.requires names the programme itself",
        "unknown key 'programme.f.bonus.cop' (did you mean 'coop'?)",
        "unknown key 'programme.f.funder_cost.per_yaer' (did you mean 'per_year'?)",
        "programme.f.requires is the number 3 (a text in quotes is wanted)"}) {
    INFO(message);
    CHECK(contains(errors, message));
  }
}

TEST_CASE("bad policies, one at a time") {
  const auto refused = [](const std::string& more, const std::string& message) {
    const std::string errors = errors_of(shortest + more);
    INFO(errors);
    CHECK(contains(errors, message));
  };
  const std::string grant =
      "[programme.p]\nfield = 'incentives'\nports = { grant_pilot = 0.5 }\n"
      "window = { first = '2026-Q1' }\n";
  const std::string runs = "[scenario.s]\nprogrammes = ['p']\n";
  refused("[scenario.a]\n[scenario.b]\n", "no other scenario is the baseline");
  refused(runs, "scenario.s.programmes[0] = \"p\" is no choice");
  refused("[scenario.a]\nbaseline = true\n[scenario.b]\nlike = 'c'\n[scenario.c]\nlike = 'b'\n",
          "leads back to");
  refused(grant + "budget = { per_year = 5 }\n" + runs, "programme.p.award is missing");
  refused(grant + "budget = { per_year = 5, total = 3 }\n" + runs, "stands beside per_year");
  refused(grant + "budget = { per_year = -5 }\n" + runs, "out of its hard bounds");
  refused(grant + "award = { rule = 'formula' }\n" + runs,
          "shares out a budget, and there is none");
  refused(grant +
              "budget = { total = 5 }\naward = { rule = 'quota', reserve = { weak = 0.6, "
              "strong = 0.6 } }\n" +
              runs,
          "shares out more than the whole budget");
  refused(grant + "eligible = { use_cases = ['plannning'] }\n" + runs, "did you mean 'planning'?");
  refused(grant + "wait = 1.5\n" + runs, "out of its hard bounds");
  refused(grant + "early_start = \"alowed\"\n" + runs, "did you mean 'allowed'?");
  refused(grant + "from = 'advise'\n" + runs, "did you mean 'advice'?");
  refused(grant +
              "[scenario.s]\nprogrammes = ['p']\nchange.p.ports.grant_pilot = { '<5k' = 0.1, "
              "weak = 0.2 }\n",
          "mixes size classes and fiscal classes");
  const std::string stock =
      "[programme.p]\nfield = 'readiness'\nports = { data = 0.05 }\n"
      "window = { first = '2026-Q1', length = 4, every = 2 }\nbudget = { total = 100 }\n";
  refused(stock + runs, "programme.p.unit_cost is missing");
  refused(stock + runs, "windows would overlap");
  refused(stock + "award = { rule = 'merit' }\n" + runs, "needs applications");
  refused(stock + "sites = 3\n" + runs, "programme.p.sites needs a grant");
  CHECK(errors_of(shortest + grant + "budget = { total = 0 }\naward = { rule = 'need' }\n" + runs)
            .empty());  // no money is a valid experiment: it changes nothing
}

TEST_CASE("every number of a programme may be uncertain, and none that it does not have") {
  const std::string call =
      "[programme.p]\nfield = 'incentives'\nports = { grant_pilot = 0.5 }\n"
      "window = { first = '2026-Q1', announced = 2 }\nwait = 0.2\nbudget = { total = 1000 }\n"
      "cap_per_award = 900\nleast_award = 10\nopen_min = 0.1\nbonus = { coop = 0.1, weak = 0.2 }\n"
      "effort = { application_days = 3 }\naward = { rule = 'lottery' }\n"
      "funder_cost = { per_year = 5 }\n[scenario.s]\nprogrammes = ['p']\n"
      "[design]\nmethod = 'latin_hypercube'\npoints = 4\n[uncertain]\n";
  const auto uncertain = [&](const std::string& key, const std::string& distribution) {
    return shortest + call + "'programme.p." + key + "' = " + distribution + "\n";
  };
  const auto set_in_a_run = [&](const std::string& key, double value) {
    const study::Study study = study_of(uncertain(key, "{ uniform = [0, 1] }"));
    REQUIRE(study.uncertain.size() == 1);
    model::Rules rules;
    rules.programmes = study.scenarios.back().programmes;
    study::set(study.uncertain[0].address, value, rules);
    return rules.programmes.at(0);
  };
  CHECK(set_in_a_run("wait", 0.25).wait == 0.25);
  CHECK(set_in_a_run("budget.total", 0.125).budget.amount == 13);  // cents
  CHECK(set_in_a_run("cap_per_award", 0.5).cap_per_award == 50);
  CHECK(set_in_a_run("least_award", 0.5).least_award == 50);
  CHECK(set_in_a_run("effort.application_days", 0.5).application_days == 0.5);
  CHECK(set_in_a_run("open_min", 0.75).open_min == 0.75);
  CHECK(set_in_a_run("bonus.coop", 0.3).bonus.given[0] == 0.3);
  CHECK(set_in_a_run("bonus.weak", 0.3).bonus.of(true, 0, 0) == 0.1 + 0.3);
  CHECK(set_in_a_run("funder_cost.per_year", 0.5).funder_cost->per_year == 50);
  CHECK(set_in_a_run("ports.grant_pilot", 0.5)[Port::grant_pilot].value[0] == 0.5);

  const auto refused = [&](const std::string& key, const std::string& distribution,
                           const std::string& message) {
    INFO(key << " = " << distribution);
    CHECK(errors_of(uncertain(key, distribution)).find(message) != std::string::npos);
  };
  refused("budget.per_year", "{ uniform = [0, 1] }", "is no number of this experiment");
  refused("bonus.strong", "{ uniform = [0, 1] }", "is no number of this experiment");
  refused("unit_cost", "{ uniform = [0, 1] }", "is no number of this experiment");
  refused("window.announced", "{ uniform = [0, 1] }", "is a whole number");
  refused("wait", "{ uniform = [0, 2] }", "reaches from 0 to 2");
  refused("cap_per_award", "'range'", "has no plausible range");
  refused("ports.grant_pilot", "'range'", "has no plausible range");
  CHECK(errors_of(uncertain("cap_per_award", "{ uniform = [0, 1] }") +
                  "[scenario.t]\nprogrammes = ['p']\nchange.p.cap_per_award = 800\n")
            .find("is changed by the scenario 't'") != std::string::npos);
}

}  // namespace
}  // namespace rathaus::config
