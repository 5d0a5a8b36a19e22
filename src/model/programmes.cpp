#include "model/programmes.h"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace rathaus::model {
namespace {

bool is_given(const ByClass& table) {
  return std::ranges::any_of(table.value, [](double x) { return x > 0.0; });
}

void check_window(const Window& window, std::int32_t quarters,
                  std::vector<ProgrammeFault>& faults) {
  if (window.first < 0)
    faults.push_back({"window.first",
                      "is before the results begin (no programme acts before time.start) let it "
                      "open there, or start the results earlier"});
  if (window.first >= quarters)
    faults.push_back({"window.first", "is outside the run (calls open while it is simulated)"});
  if (window.every > 0 && window.every < window.length)
    faults.push_back(
        {"window.every", "is shorter than the window is long (windows would overlap)"});
  if (window.every > 0 && (window.last < window.first || window.last >= quarters))
    faults.push_back({"window.last", "is before the first window or outside the run"});
}

void check_least_award(const Programme& programme, Cents least,
                       std::vector<ProgrammeFault>& faults) {
  if (!programme.gives_grants())
    faults.push_back({"least_award", "has no meaning here (the programme gives no grants)"});
  if (programme.cap_per_award && least > *programme.cap_per_award)
    faults.push_back({"least_award", "is above cap_per_award (no grant could be paid)"});
  if (programme.budget.kind != BudgetKind::unlimited && programme.budget.amount > 0 &&
      least > programme.budget.amount)
    faults.push_back({"least_award", "is above the budget (no grant could be paid)"});
}

/// The share with all bonuses that some class may earn at once is at most the whole cost.
void check_bonus(const Programme& programme, std::vector<ProgrammeFault>& faults) {
  const auto is_given = [](const std::optional<double>& share) { return share.has_value(); };
  if (std::ranges::none_of(programme.bonus.given, is_given)) return;
  if (!programme.gives_grants()) {
    faults.push_back({"bonus", "needs a grant (there is no rate that it would raise)"});
    return;
  }
  for (const Port port : {Port::grant_pilot, Port::grant_scale})
    for (std::size_t size = 0; size < size_class_names.size(); ++size)
      for (std::size_t fiscal = 0; fiscal < fiscal_class_names.size(); ++fiscal) {
        const ByClass& table = programme[port];
        const double share = table.value[table.kind == ClassKind::size     ? size
                                         : table.kind == ClassKind::fiscal ? fiscal
                                                                           : 0];
        if (share <= 0.0 || share + programme.bonus.of(true, size, fiscal) <= 1.0 + 1e-12) continue;
        faults.push_back({"bonus", "is above the rest of the share (with " +
                                       std::string(info_of(port).name) +
                                       " it would pay some more than the whole cost)"});
        return;
      }
}

void check_money(const Programme& programme, std::vector<ProgrammeFault>& faults) {
  const bool limited = programme.budget.kind != BudgetKind::unlimited;
  if (programme.is_stock() && !programme.unit_cost)
    faults.push_back({"unit_cost",
                      "is missing (a budget without grants pays for supported units) say what "
                      "one unit costs a quarter"});
  if (programme.least_award) check_least_award(programme, *programme.least_award, faults);
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

bool Programme::has(Port port) const {
  return is_given((*this)[port]);
}

std::vector<ProgrammeFault> faults_of(const Programme& programme, std::int32_t quarters) {
  std::vector<ProgrammeFault> faults;
  check_window(programme.window, quarters, faults);
  check_money(programme, faults);
  check_bonus(programme, faults);
  check_award(programme, faults);
  if (programme.sites && !programme.gives_grants())
    faults.push_back({"sites", "needs a grant (sites are where something is tried)"});
  if (programme.early_start && !programme.gives_grants())
    faults.push_back({"early_start", "needs a grant (an early start costs nothing else)"});
  if (programme.joint && !programme.gives_grants())
    faults.push_back({"joint", "needs a grant (there is nothing to apply for)"});
  if (!programme.eligible.use_cases.empty() && !programme.gives_grants() &&
      !programme.eligible.demand_only && !programme.has(Port::central))
    faults.push_back({"eligible.use_cases",
                      "has no meaning here (only grants, demand_only and the port central look at "
                      "use cases)"});
  if (const auto& cost = programme.funder_cost;
      cost && !programme.gives_grants() && (cost->per_application > 0 || cost->per_award > 0))
    faults.push_back(
        {cost->per_application > 0 ? "funder_cost.per_application" : "funder_cost.per_award",
         "needs a grant (nothing is applied for) say per_year"});
  if (programme.required == programme.name)
    faults.push_back({"requires", "names the programme itself (nobody could be its first)"});
  return faults;
}

}  // namespace rathaus::model
