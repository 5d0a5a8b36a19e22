#include "model/coefficients.h"

#include <array>

namespace rathaus::model {
namespace {

using C = Coefficients;
constexpr double large = 1e12;

// name, member, unit, lowest, highest, whole, meaning
constexpr std::array coefficient_list{
    CoefficientField{"reference_population", &C::reference_population, "inhabitant", 1, large,
                     false, "size at which cost and effort of the use cases hold"},
    CoefficientField{"data_reference_population", &C::data_reference_population, "inhabitant", 1,
                     large, false, "size at which data0_mean holds"},
    CoefficientField{"priority_population", &C::priority_population, "inhabitant", 1, large, false,
                     "size at which a client counts twice as much to a vendor"},
    CoefficientField{"staff_per_1000", &C::staff_per_1000, "FTE per 1000 inhabitants", 0, 1000,
                     false, "municipal staff"},
    CoefficientField{"wage_eur", &C::wage_eur, "EUR/FTE/year", 0, large, false,
                     "full cost of one employee"},
    CoefficientField{"energy_price_eur", &C::energy_price_eur, "EUR/kWh", 0, 1000, false,
                     "price of energy"},
    CoefficientField{"embodied_share", &C::embodied_share, "1", 0, 1000, false,
                     "hardware and disposal on top of the energy of running AI"},
    CoefficientField{"development_energy", &C::development_energy, "kWh/EUR", 0, 1000, false,
                     "energy per euro of project spending"},
    CoefficientField{"respending_energy", &C::respending_energy, "kWh/EUR", 0, 1000, false,
                     "energy per euro of savings spent on other things"},
    CoefficientField{"heat_intensity", &C::heat_intensity, "g CO2e/kWh", 0, large, false,
                     "emissions of heat and fuel", 0.0},
    CoefficientField{"reserve_start_share", &C::reserve_start_share, "1", 0, 1, false,
                     "reserve at the start, share of its cap"},
    CoefficientField{"data0_fiscal_correlation", &C::data0_fiscal_correlation, "1", -1, 1, false,
                     "correlation of start data with fiscal strength"},
    CoefficientField{"data0_lowest", &C::data0_lowest, "1", 0, 1, false,
                     "lower bound of start data readiness"},
    CoefficientField{"data0_highest", &C::data0_highest, "1", 0, 1, false,
                     "upper bound of start data readiness"},
    CoefficientField{"trust0_lowest", &C::trust0_lowest, "1", 0, 1, false,
                     "lower bound of start trust"},
    CoefficientField{"trust0_highest", &C::trust0_highest, "1", 0, 1, false,
                     "upper bound of start trust"},
    CoefficientField{"fit_reference", &C::fit_reference, "1", 0, 1, false,
                     "vendor fit at which pilot_success holds"},
    CoefficientField{"debt_stop_factor", &C::debt_stop_factor, "1", 0, 1000, false,
                     "factor on the hazard of discontinuation while the reserve is negative"},
    CoefficientField{"overload_stop_factor", &C::overload_stop_factor, "1", 0, 1000, false,
                     "factor on the same hazard while projects tie more staff than there is"},
    CoefficientField{"rollout_wait_quarters", &C::rollout_wait_quarters, "quarter", 0, 240, true,
                     "least age of an operation before roll-out"},
    CoefficientField{"capacity_fall", &C::capacity_fall, "1", -1, 0, false,
                     "strongest fall of vendor capacity in answer to demand"},
    CoefficientField{"capacity_rise", &C::capacity_rise, "1", 0, 1000, false,
                     "strongest rise of vendor capacity in answer to demand"},
    CoefficientField{"strategy_data_slack", &C::strategy_data_slack, "1", 0, 1, false,
                     "how far below the data of operation a unit with a strategy launches"},
    CoefficientField{"award_utility_weight", &C::award_utility_weight, "1/util", 0, 1000, false,
                     "weight of utility in a merit score, data readiness weighing 1"},
    CoefficientField{"award_luck_weight", &C::award_luck_weight, "1", 0, 1000, false,
                     "weight of luck in a merit score"},
    CoefficientField{"award_speed_floor", &C::award_speed_floor, "FTE", 1e-6, large, false,
                     "staff that files applications where none is free"},
    CoefficientField{"working_days_per_quarter", &C::working_days_per_quarter, "day/quarter", 1, 92,
                     false, "working days of one full-time employee in a quarter"},
};
static_assert(coefficient_list.size() * sizeof(double) == sizeof(Coefficients),
              "every coefficient must stand in the list exactly once");

}  // namespace

std::span<const CoefficientField> coefficient_fields() {
  return coefficient_list;
}

}  // namespace rathaus::model
