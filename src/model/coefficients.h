// Numbers of the model that are data rather than parameters: physical and accounting coefficients,
// reference sizes and the constants inside its rules. Values in models/<name>/coefficients.toml.
#pragma once

#include "model/parameters.h"

namespace rathaus::model {

/// Coefficients of ODD section 7.2.
struct Coefficients {
  // reference sizes
  double reference_population{};       //!< N_ref, size at which cost and effort of the tables hold
                                       //!< [inhabitant]
  double data_reference_population{};  //!< size at which data0_mean holds [inhabitant]
  double priority_population{};        //!< size at which a client counts twice as much to a vendor
                                       //!< [inhabitant]
  // accounting
  double staff_per_1000{};    //!< municipal staff [FTE per 1000 inhabitants]
  double wage_eur{};          //!< full cost of one employee [EUR/FTE/year]
  double energy_price_eur{};  //!< p_E [EUR/kWh]
  // energy
  double embodied_share{};      //!< emb, hardware and disposal on top of AI's operation [1]
  double development_energy{};  //!< k_dev, energy per euro of project spending [kWh/EUR]
  double respending_energy{};   //!< k_€, energy per euro spent on other things [kWh/EUR]
  double heat_intensity{};      //!< g_h, emissions of heat and fuel [g CO2e/kWh]
  // rules
  double reserve_start_share{};       //!< reserve at the start, share of its cap [1]
  double data0_fiscal_correlation{};  //!< r, correlation of start data with fiscal strength [1]
  double data0_lowest{};              //!< bounds of start data readiness [1]
  double data0_highest{};
  double trust0_lowest{};  //!< bounds of start trust [1]
  double trust0_highest{};
  double fit_reference{};          //!< fit at which pilot_success holds [1]
  double debt_stop_factor{};       //!< factor on the hazard of discontinuation if the reserve is
                                   //!< negative [1]
  double overload_stop_factor{};   //!< the same if staff is below what running services tie [1]
  double rollout_wait_quarters{};  //!< least age of an operation before roll-out [quarter]
  double capacity_fall{};          //!< lowest response of vendor capacity to demand [1]
  double capacity_rise{};          //!< highest response of vendor capacity to demand [1]
  // support programmes
  double strategy_data_slack{};       //!< a unit with a strategy launches that far below the data
                                      //!< that operation needs [1]
  double award_utility_weight{};      //!< of utility in a merit score, data readiness weighing 1
                                      //!< [1/util]
  double award_luck_weight{};         //!< of luck in a merit score [1]
  double award_speed_floor{};         //!< staff that files applications where none is free [FTE]
  double working_days_per_quarter{};  //!< of one full-time employee [day/quarter]
};

using CoefficientField = Field<Coefficients>;

/// Every coefficient once, in the order of the struct.
std::span<const CoefficientField> coefficient_fields();

}  // namespace rathaus::model
