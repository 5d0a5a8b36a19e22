// The scalar parameters of the model: names, units, hard bounds. Their values, plausible ranges,
// evidence grades and sources live in models/<name>/parameters.toml.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace rathaus::model {

/// The scalars of ODD section 7.1, in the order of its table. Rates are per quarter unless the
/// name says otherwise.
struct Parameters {
  // scale
  double effort_scale_exp{};  //!< γ, effort and cost grow with inhabitants to this power [1]
  // budget
  double margin_eur_pc_q{};   //!< b, free margin [EUR/inhabitant/quarter]
  double margin_log_sd{};     //!< σ_f, spread of fiscal strength, s.d. of its logarithm [1]
  double reserve_cap_q{};     //!< reserve that may be carried over, in quarters of margin [quarter]
  double savings_retained{};  //!< ρ_s, share of savings kept in the free reserve [1]
  double respend_share{};     //!< ρ_r, share of savings spent on other things [1]
  double horizon_years{};     //!< A, planning horizon [year]
  double cashable_share{};    //!< χ, share of freed staff time that becomes money [1]
  double run_cost_share{};    //!< o, running cost as a share of project cost [1/year]
  // staff
  double post_share{};         //!< posts for qualified staff as a share of all staff [1]
  double hire_rate{};          //!< share of vacancies filled [1/quarter]
  double turnover_rate{};      //!< share of qualified staff leaving [1/quarter]
  double learning_by_doing{};  //!< staff qualified by working in projects [FTE/FTE/quarter]
  double relief_to_posts{};    //!< share of freed staff turned into qualified posts [1]
  // data
  double data_budget_share{};   //!< d, share of the margin spent on data [1]
  double data_unit_cost_eur{};  //!< c_D, cost of one unit of data readiness at ψ = 1 [EUR]
  double data_learn{};          //!< data readiness learnt from running projects [1/quarter]
  double data_spillover{};      //!< catching up with the mean of the region [1/quarter]
  double data_decay{};          //!< data readiness lost [1/quarter]
  double data_gap_cost{};       //!< a_D, extra effort per unit of missing data readiness [1]
  // awareness and decision
  double aware_p{};        //!< spontaneous awareness [1/quarter]
  double aware_q{};        //!< awareness through peers [1/quarter]
  double decision_rate{};  //!< π₀, chance that the question is on the agenda [1/quarter]
  double u0{};             //!< base utility of a pilot, or mean threshold [util]
  double beta_value{};     //!< β_v, weight of ln(benefit/cost) [util]
  double beta_peer{};      //!< β_s, weight of the peers' share [util]
  double beta_risk{};      //!< β_r, weight of doubt and risk [util]
  double beta_trust{};     //!< β_T, weight of trust [util]
  double innov_sd{};       //!< spread of innovativeness between units [util]
  double evidence_half{};  //!< s_½, peers' share at which half the doubt is gone [1]
  // funnel
  double pilot_quarters{};   //!< length of a pilot and of its grace period; cool-down is twice that
                             //!< [quarter]
  double pilot_share{};      //!< share of cost and effort that falls into the pilot [1]
  double pilot_data_frac{};  //!< share of the data threshold that a pilot needs [1]
  double pilot_success{};    //!< chance that a pilot with average fit and enough data succeeds [1]
  double op_coverage{};      //!< coverage of a service in operation, not yet scaled [1]
  double rollout_rate{};     //!< attempts to roll out [1/quarter]
  double discont_rate{};     //!< base hazard of discontinuation [1/quarter]
  double maint_share{};      //!< effort tied by a running service, share of project effort [1]
  double maturity_rate{};    //!< closing of the gap to full maturity [1/quarter]
  // vendors
  double beta_price{};         //!< β_p, weight of ln(price) in vendor choice [util]
  double beta_fit{};           //!< β_f, weight of the vendor's fit to the size of the unit [util]
  double beta_base{};          //!< β_b, weight of the vendor's share in the region [util]
  double beta_incumbent{};     //!< β_i, weight of the vendor's share in the own house [util]
  double beta_open{};          //!< β_o, weight of openness [util]
  double vendor_learn_rate{};  //!< LR, price drop when 1 + Q/q_ref doubles [1]
  double lock_rate{};          //!< growth of lock-in with a closed vendor [1/quarter]
  double lock_markup{};        //!< μ, mark-up on running cost at full lock-in [1]
  double switch_share{};       //!< cost of switching at full lock-in, share of project cost [1]
  double contract_quarters{};  //!< length of a contract [quarter]
  // cooperation
  double coop_join{};      //!< hazard of joining the cooperation of the region [1/quarter]
  double coop_overhead{};  //!< ν, overhead per doubling of members [1]
  // trust and regulation
  double trust_revert{};   //!< return of trust to its set-point [1/quarter]
  double trust_gain{};     //!< trust gained when all services run [1]
  double incident_rate{};  //!< incidents of a service with risk 1 [1/quarter]
  double trust_loss{};     //!< trust lost in an incident [1]
  // start
  double data0_mean{};   //!< D_m, data readiness at the start of a unit of N_D inhabitants [1]
  double data0_slope{};  //!< its gradient per factor ten of inhabitants [1]
  double data0_sd{};     //!< its spread [1]
  double trust0_mean{};  //!< trust at the start, mean [1]
  double trust0_sd{};    //!< trust at the start, spread [1]
  double trust_stop{};   //!< growth of the hazard of discontinuation per lost unit of trust [1]
  double compliance_cost_eur{};  //!< duties of deployers per running service of risk 1 [EUR/year]
  // programmes
  // rivals and contracts
  double threshold_mean{};  //!< mean threshold under the threshold rule; NaN: u0 [1]
  double renew_unasked{};   //!< r, contracts prolonged without a look at the market; 0: none is [1]
  double wait_share{};  //!< ω, own launches put off while a call is announced (waiting = share) [1]
  // common solutions
  double offer_rate{};    //!< π_O, hazard that a group offers what all members run [1/quarter]
  double offer_relief{};  //!< ρ_O, share of effort and cost that the offer takes off [1]
};

/// One line of a list of named numbers: what reads, checks, prints and documents them.
template <class Struct>
struct Field {
  std::string_view name;
  double Struct::*member;
  std::string_view unit;  //!< UDUNITS where one exists
  double lowest;          //!< hard bounds, inclusive: outside them an equation loses its meaning
  double highest;
  bool whole;                //!< must be a whole number
  std::string_view meaning;  //!< one line of plain English
  /// What a model that does not give it gets: at this value its mechanism is off. Without one every
  /// model must give it.
  std::optional<double> off{};
};

/// The number stands where its mechanism is off; NaN stands for "as the model at large".
template <class Struct>
bool is_off(const Field<Struct>& field, const Struct& numbers) {
  const double value = numbers.*field.member;
  return field.off && (value == *field.off || (value != value && *field.off != *field.off));
}

using ParameterField = Field<Parameters>;

/// Every parameter once, in the order of the struct.
std::span<const ParameterField> parameter_fields();

}  // namespace rathaus::model
