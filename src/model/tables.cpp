#include "model/tables.h"

#include <array>

namespace rathaus::model {
namespace {

using U = UseCase;
using V = Vendor;
constexpr double large = 1e12;

// name, member, unit, lowest, highest, whole, meaning
constexpr std::array use_case_list{
    UseCaseField{"staff_per_1000", &U::staff_per_1000, "FTE per 1000 inhabitants", 0, 1000, false,
                 "staff in the service"},
    UseCaseField{"staff_saving", &U::staff_saving, "1", 0, 1, false,
                 "share of staff time freed at full coverage and maturity"},
    UseCaseField{"energy_kwh_per_inhabitant", &U::energy_kwh_per_inhabitant, "kWh/inhabitant/year",
                 0, large, false, "energy of the service without AI"},
    UseCaseField{"energy_saving", &U::energy_saving, "1", 0, 1, false,
                 "share of energy saved at full coverage and maturity"},
    UseCaseField{"other_benefit_eur", &U::other_benefit_eur, "EUR/inhabitant/year", 0, large, false,
                 "avoided follow-up cost"},
    UseCaseField{"direct_rebound", &U::direct_rebound, "1", 0, 10, false,
                 "elasticity of demand with respect to efficiency"},
    UseCaseField{"data_threshold", &U::data_threshold, "1", 0, 1, false,
                 "data readiness that operation needs"},
    UseCaseField{"effort_fte", &U::effort_fte, "FTE", 0, large, false,
                 "project effort at the reference population"},
    UseCaseField{"cost_eur", &U::cost_eur, "EUR", 0.01, large, false,
                 "project cost at the reference population"},
    UseCaseField{"risk", &U::risk, "1", 0, 1, false, "risk class"},
    UseCaseField{"ai_energy_kwh_per_inhabitant", &U::ai_energy_kwh_per_inhabitant,
                 "kWh/inhabitant/year", 0, large, false, "energy of AI at full coverage"},
    UseCaseField{"electric_share", &U::electric_share, "1", 0, 1, false,
                 "share of the service's energy that is electricity; the rest is heat and fuel",
                 1.0},
    UseCaseField{"least_cost_eur", &U::least_cost_eur, "EUR", 0, large, false,
                 "least cost of a project, however small the unit", 0.0},
    UseCaseField{"least_effort_fte", &U::least_effort_fte, "FTE", 0, large, false,
                 "least effort of a project, however small the unit", 0.0},
    UseCaseField{"cost_scale_exp", &U::cost_scale_exp, "1", 0, 1.5, false,
                 "cost of this use case grows with inhabitants to this power", as_the_model},
    UseCaseField{"effort_scale_exp", &U::effort_scale_exp, "1", 0, 1.5, false,
                 "effort of this use case grows with inhabitants to this power", as_the_model},
    UseCaseField{"run_cost_share", &U::run_cost_share, "1/year", 1e-6, 100, false,
                 "running cost of this use case as a share of project cost", as_the_model},
    UseCaseField{"pilot_quarters", &U::pilot_quarters, "quarter", 1, 60, true,
                 "length of a pilot of this use case", as_the_model},
    UseCaseField{"start_share", &U::start_share, "1", 0, 1, false,
                 "chance that a unit of the reference population runs it at the start", 0.0},
};

constexpr std::array vendor_list{
    VendorField{"price", &V::price, "1", 1e-6, 1e6, false, "list price at the start, relative"},
    VendorField{"fit_small", &V::fit_small, "1", 0, 1, false, "fit to small units"},
    VendorField{"fit_large", &V::fit_large, "1", 0, 1, false, "fit to large units"},
    VendorField{"openness", &V::openness, "1", 0, 1, false, "0 proprietary to 1 fully portable"},
    VendorField{"capacity", &V::capacity, "1/quarter", 0, large, false,
                "delivery slots at the start, national market"},
    VendorField{"capacity_growth", &V::capacity_growth, "1/quarter", 0, 10, false,
                "response of capacity to unmet demand"},
    VendorField{"base_minimum", &V::base_minimum, "1", 0, large, false,
                "installed base below which exit threatens, national market"},
    VendorField{"exit_rate", &V::exit_rate, "1/quarter", 0, 1, false,
                "hazard of exit without any installed base"},
    VendorField{"entry_rate", &V::entry_rate, "1/quarter", 0, 1, false,
                "hazard that an empty slot is filled"},
    VendorField{"learning_projects", &V::learning_projects, "1", 1e-6, large, false,
                "projects after which 1 + Q/q_ref has doubled, national market"},
};

}  // namespace

std::span<const UseCaseField> use_case_fields() {
  return use_case_list;
}
std::span<const VendorField> vendor_fields() {
  return vendor_list;
}

}  // namespace rathaus::model
