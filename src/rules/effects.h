// What a running service saves, what rebounds, what AI itself takes [ODD 7.8]. c = cov·m is its
// effect: coverage times maturity.
#pragma once

#include "lanes/elementary.h"

namespace rathaus::rules {

/// cov of a running service: c₃ in operation, 1 once it is rolled out
inline double coverage(bool is_running, bool is_scaled, double in_operation) {
  return is_scaled ? 1.0 : is_running ? in_operation : 0.0;
}

/// [eq. 5] staff time freed: N/1000 · l · η^L · c · (1 − R^L) [FTE]
inline double freed_staff(double thousands, double staff, double saving, double effect,
                          double rebound) {
  return thousands * staff * saving * effect * (1.0 - rebound);
}

/// [eq. 6] gross energy saving: N·e/4 · η^E · c [kWh/quarter]
inline double gross_saving(double inhabitants, double energy, double saving, double effect) {
  return inhabitants * energy / 4.0 * saving * effect;
}

/// [eq. 7] R(η) under `isoelastic`: the share of a saving lost to more use of a service whose
/// demand has constant elasticity ε; at η = 0 its limit, ε. `linear` has R = ε, `none` has R = 0.
inline double isoelastic_rebound(double efficiency, double elasticity) {
  if (efficiency == 0.0) return elasticity;
  return 1.0 - (1.0 - elementary::pow(1.0 - efficiency, 1.0 - elasticity)) / efficiency;
}

/// [eq. 8] Sav = χ w Freed/4 + p_E (gross − Dir) + y N c/4 [EUR/quarter]; `cashable` is χ w
inline double money_saving(double cashable, double freed, double energy_price, double gross,
                           double direct, double other_benefit, double inhabitants, double effect) {
  return cashable * freed / 4.0 + energy_price * (gross - direct) +
         other_benefit * inhabitants * effect / 4.0;
}

/// What duties cost a unit that bears them alone: r c_C compliance (1 − cert) [EUR/year]
inline double duties(double risk, double cost, double uncertified) {
  return risk * cost * uncertified;
}

/// comp: the same after CERT, shared by the members of a pool
inline double compliance(double duties, double risk_left, double sharers) {
  return duties * risk_left / sharers;
}

/// P_v (1 + μλ): the mark-up of lock-in is paid on the list price
inline double contract_price(double price, double markup, double lock_in) {
  return price * (1.0 + markup * lock_in);
}

/// [eq. 9] running cost but for compliance: o C⁰ ψ (P_v (1 + μλ)) cov/4 [EUR/quarter]; `yearly` is
/// o C⁰
inline double contract_cost(double yearly, double scale, double contract_price, double coverage) {
  return yearly * scale * contract_price * coverage / 4.0;
}

/// [eq. 40] indirect rebound: ρ_r Sav k_R [kWh]
inline double indirect_rebound(double respent_share, double saving, double respending_energy) {
  return respent_share * saving * respending_energy;
}

/// AI in operation with its hardware: N a cov/4 (1 + e_H) [kWh/quarter]
inline double operating_footprint(double inhabitants, double ai_energy, double coverage,
                                  double with_hardware) {
  return inhabitants * ai_energy * coverage / 4.0 * with_hardware;
}

/// [eq. 41] footprint of AI with the development of what was bought in the quarter [kWh]
inline double footprint(double operating, double development_energy, double spending) {
  return operating + development_energy * spending;
}

/// Saved energy of a service that is no electricity, (1 − q)(gross − Dir) [kWh/quarter]
inline double heat_saving(double electric_share, double gross, double direct) {
  return (1.0 - electric_share) * (gross - direct);
}

/// [eq. 42] emissions of a net saving in Wh [g CO2e]; net is gross − Dir − Ind − Foot, in whole Wh.
/// `heat` is the part of it that is heat and fuel.
inline double emissions(double net, double heat, double intensity, double heat_intensity) {
  return (net - heat) / 1000.0 * intensity + heat / 1000.0 * heat_intensity;
}

/// [eq. 56] what lock-in makes of running cost: λ times the contract [EUR/quarter]
inline double locked_cost(double lock_in, double contract_cost) {
  return lock_in * contract_cost;
}

}  // namespace rathaus::rules
