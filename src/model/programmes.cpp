#include "model/programmes.h"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace rathaus::model {
namespace {

using enum Combination;
constexpr std::array<PortInfo, port_names.size()> ports{{
    {"evid", "1", 1.0, product, "share of the doubt that is removed"},
    {"aware", "1", 1000.0, sum, "factor on spontaneous awareness, less 1"},
    {"trust", "1", 1.0, sum, "rise of the set-point of trust"},
    {"strategy", "1/quarter", 1.0, sum, "hazard of getting a strategy"},
    {"staff", "1/quarter", 1.0, sum, "qualified staff gained, as a share of regular posts"},
    {"coop", "1", 1000.0, sum, "factor on the hazard of joining a cooperation, less 1"},
    {"data", "1/quarter", 1.0, sum, "share of the gap in data readiness that is closed"},
    {"grant_pilot", "1", 1.0, none, "share of the cost of a pilot"},
    {"grant_scale", "1", 1.0, none, "share of the cost of operation and roll-out"},
    {"portability", "1", 1.0, product, "share of the growth of lock-in that is prevented"},
    {"cert", "1", 1.0, product, "share of the remaining risk that certification removes"},
}};

bool is_given(const ByClass& table) {
  return std::ranges::any_of(table.value, [](double x) { return x > 0.0; });
}

void check_window(const Window& window, std::int32_t quarters,
                  std::vector<ProgrammeFault>& faults) {
  if (window.first < 0 || window.first >= quarters)
    faults.push_back({"window.first", "is outside the run (calls open while it is simulated)"});
  if (window.every > 0 && window.every < window.length)
    faults.push_back(
        {"window.every", "is shorter than the window is long (windows would overlap)"});
  if (window.every > 0 && (window.last < window.first || window.last >= quarters))
    faults.push_back({"window.last", "is before the first window or outside the run"});
}

void check_money(const Programme& programme, std::vector<ProgrammeFault>& faults) {
  const bool limited = programme.budget.kind != BudgetKind::unlimited;
  if (programme.is_stock() && !programme.unit_cost)
    faults.push_back({"unit_cost",
                      "is missing (a budget without grants pays for supported units) say what "
                      "one unit costs a quarter"});
  if (programme.cap_per_award && !programme.gives_grants())
    faults.push_back({"cap_per_award", "has no meaning here (the programme gives no grants)"});
  if (limited && programme.gives_grants() && !programme.award)
    faults.push_back({"award",
                      "is missing (money is limited, so somebody must be chosen) say "
                      "award = { rule = \"fcfs\" } or another rule"});
}

void check_award(const Programme& programme, std::vector<ProgrammeFault>& faults) {
  if (!programme.award) return;
  const AwardRule rule = *programme.award;
  const bool limited = programme.budget.kind != BudgetKind::unlimited;
  if (!programme.gives_grants() && rule != AwardRule::lottery && rule != AwardRule::need)
    faults.push_back({"award.rule",
                      "needs applications (a programme without grants chooses by "
                      "\"lottery\" or \"need\")"});
  if ((rule == AwardRule::quota || rule == AwardRule::formula) && !limited)
    faults.push_back({"award.rule", "shares out a budget, and there is none"});
  const bool reserved = programme.reserve.kind != ClassKind::all;
  if (rule == AwardRule::quota && !reserved)
    faults.push_back({"award.rule",
                      "= \"quota\" needs reserve = { class = share } (nothing is "
                      "reserved without it)"});
  if (rule != AwardRule::quota && reserved)
    faults.push_back({"award.reserve", "belongs to rule = \"quota\" only"});
  const auto& shares = programme.reserve.value;
  if (std::accumulate(shares.begin(), shares.end(), 0.0) > 1.0 + 1e-12)
    faults.push_back({"award.reserve", "shares out more than the whole budget"});
}

}  // namespace

const PortInfo& info_of(Port port) {
  return ports[static_cast<std::size_t>(port)];
}

bool Programme::has(Port port) const {
  return is_given((*this)[port]);
}

std::vector<ProgrammeFault> faults_of(const Programme& programme, std::int32_t quarters) {
  std::vector<ProgrammeFault> faults;
  check_window(programme.window, quarters, faults);
  check_money(programme, faults);
  check_award(programme, faults);
  if (programme.sites && !programme.gives_grants())
    faults.push_back({"sites", "needs a grant (sites are where something is tried)"});
  if (programme.early_start && !programme.gives_grants())
    faults.push_back({"early_start", "needs a grant (an early start costs nothing else)"});
  if (programme.joint && !programme.gives_grants())
    faults.push_back({"joint", "needs a grant (there is nothing to apply for)"});
  if (!programme.eligible.use_cases.empty() && !programme.gives_grants() &&
      !programme.eligible.demand_only)
    faults.push_back({"eligible.use_cases",
                      "has no meaning here (only grants and demand_only look at use cases)"});
  return faults;
}

}  // namespace rathaus::model
