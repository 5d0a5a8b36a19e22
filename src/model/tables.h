// Rows of the model's tables: use cases, vendors, and the paths of what happens outside the model.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "model/parameters.h"

namespace rathaus::model {

inline constexpr int max_use_cases = 16;
inline constexpr int max_vendors = 16;

inline constexpr double as_the_model = std::numeric_limits<double>::quiet_NaN();

/// One service that AI can take part in [ODD section 7.3].
struct UseCase {
  std::string name;
  std::int32_t available_from =
      0;                    //!< first quarter in which it can be heard of, index from time.start
  double staff_per_1000{};  //!< l, staff in the service [FTE per 1000 inhabitants]
  double staff_saving{};    //!< η^L, share of staff time freed at full coverage and maturity [1]
  double energy_kwh_per_inhabitant{};  //!< e, baseline energy [kWh/inhabitant/year]
  double energy_saving{};      //!< η^E, share of energy saved at full coverage and maturity [1]
  double other_benefit_eur{};  //!< avoided follow-up cost [EUR/inhabitant/year]
  double direct_rebound{};     //!< ε, elasticity of demand with respect to efficiency [1]
  double data_threshold{};     //!< θ, data readiness that operation needs [1]
  double effort_fte{};         //!< E⁰, project effort at the reference population [FTE]
  double cost_eur{};           //!< C⁰, project cost at the reference population [EUR]
  double risk{};               //!< r, risk class between 0 and 1 [1]
  double
      ai_energy_kwh_per_inhabitant{};  //!< a, energy of AI at full coverage [kWh/inhabitant/year]
  double electric_share = 1.0;         //!< share of the service's energy that is electricity [1]
  double least_cost_eur{};             //!< least cost of a project, however small the unit [EUR]
  double least_effort_fte{};           //!< least effort of a project [FTE]
  // a use case of its own kind; NaN: as the model at large
  double cost_scale_exp = as_the_model;    //!< γ of its cost [1]
  double effort_scale_exp = as_the_model;  //!< γ of its effort [1]
  double run_cost_share = as_the_model;    //!< o, running cost as a share of project cost [1/year]
  double pilot_quarters = as_the_model;    //!< length of its pilots [quarter]
  double start_share{};                    //!< p⁰, chance at N_ref that it runs at the start [1]
  bool turnkey = false;                    //!< bought as a product: who runs it alone is no adopter
  std::uint32_t offered_by = UINT32_MAX;   //!< bit v: vendor slot v offers it
};

/// One vendor slot [ODD section 7.4]; slots of one archetype start alike.
struct Vendor {
  std::string archetype;
  double price{};              //!< P⁰, list price at the start, relative [1]
  double fit_small{};          //!< fit to units much smaller than the reference population [1]
  double fit_large{};          //!< fit to units much larger than the reference population [1]
  double openness{};           //!< o, 0 proprietary to 1 fully portable [1]
  double capacity{};           //!< K₀, projects a quarter in a national market [1/quarter]
  double capacity_growth{};    //!< g, response of capacity to unmet demand [1/quarter]
  double base_minimum{};       //!< installed base below which exit threatens, national market [1]
  double exit_rate{};          //!< x, hazard of exit without any base [1/quarter]
  double entry_rate{};         //!< hazard that an empty slot is filled [1/quarter]
  double learning_projects{};  //!< q_ref, projects after which 1 + Q/q_ref has doubled, national
                               //!< market [1]
};

using UseCaseField = Field<UseCase>;
using VendorField = Field<Vendor>;
std::span<const UseCaseField> use_case_fields();
std::span<const VendorField> vendor_fields();

/// What happens outside the model, one value a quarter [ODD section 7.5].
struct Series {
  std::vector<double> macro_factor;    //!< φ, factor on every free margin [1]
  std::vector<double> grid_intensity;  //!< g, emissions of electricity [g CO2e/kWh]
  std::vector<double> certification;   //!< cert, share of risk covered by certification [1]
  std::vector<double> trust_drift;     //!< added to every set-point of trust [1]
  std::vector<double>
      compliance;  //!< 1 from the quarter in which duties of deployers apply, else 0 [1]
};

}  // namespace rathaus::model
