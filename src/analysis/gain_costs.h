// What one more of something costs: quotients of gains, so that they exist for a scenario beside its
// baseline only. Tables and questions name them by this list.
#pragma once

#include <array>
#include <string_view>

namespace rathaus::analysis {

struct GainCost {
  std::string_view name, unit, per, meaning;  //!< per: the variable that one more is bought of
};

inline constexpr std::array<GainCost, 2> gain_costs{
    {{"public_money_per_additional_unit", "EUR", "adopters",
      "public money paid so far, discounted, for each additional unit with a service"},
     {"public_money_per_additional_service", "EUR", "services_running",
      "public money paid so far, discounted, for each additional running service"}}};

/// Null if there is none of that name.
constexpr const GainCost* gain_cost_named(std::string_view name) {
  for (const GainCost& cost : gain_costs)
    if (cost.name == name) return &cost;
  return nullptr;
}

}  // namespace rathaus::analysis
