// Support programmes: gains, entitlements, applications, awards [ODD 7.23].
#pragma once

#include <algorithm>
#include <cstdint>

namespace rathaus::rules {

/// [eq. 59] what a port that takes something away leaves after one more programme: 1 − Π(1 − g_k)
/// is kept as the product; other gains add
inline double left_after(double left, double gain) {
  return left * (1.0 - gain);
}

/// [eq. 60] whether window n of a programme opens in quarter t: at first + n·every, not after
/// `last`
inline bool window_opens(std::int32_t t, std::int32_t first, std::int32_t every,
                         std::int32_t last) {
  if (t < first) return false;
  return t == first || (every > 0 && t <= last && (t - first) % every == 0);
}

/// [eq. 61] what a pot gives back when it is refilled
inline std::int64_t returned(std::int64_t remaining, bool carry_over) {
  return carry_over ? 0 : remaining;
}

/// [eq. 63] what a stock programme pays for a unit: unit_cost · ψ [EUR]
inline double stock_cost(double unit_cost, double scale) {
  return unit_cost * scale;
}

/// [eq. 64] the weight of an eligible unit under `formula`: N (1 − f)₊; it is entitled to its share
/// of the pot
inline double entitlement_weight(double inhabitants, double fiscal) {
  return inhabitants * std::max(0.0, 1.0 - fiscal);
}

/// ⌊pot·w / Σw⌋ [cent]
inline std::int64_t entitlement(double pot, double weight, double all_weights) {
  return static_cast<std::int64_t>(pot * weight / all_weights);
}

/// [eq. 65] what a strategy ranks by: energy saved, low risk, benefit, a third each; 0/0 = 0
inline double sustainability(double saved, double most_saved, double risk, double benefit,
                             double most_benefit) {
  const auto share = [](double x, double most) { return most == 0.0 ? 0.0 : x / most; };
  return share(saved, most_saved) / 3.0 + (1.0 - risk) / 3.0 + share(benefit, most_benefit) / 3.0;
}

/// [eq. 75] the share of the cost that a grant pays a unit: min(1, g + (b_C + b_S + b_F)) where the
/// rate g is above 0, with what the unit earns on top of it; never more than the whole cost
inline double grant_share(double rate, double bonuses) {
  return rate > 0.0 ? std::min(1.0, rate + bonuses) : 0.0;
}

/// [eq. 76] whether a grant is applied for: it reaches the least that the programme awards [cent]
inline bool reaches_least_award(std::int64_t grant, std::int64_t least) {
  return grant >= least;
}

/// [eq. 77] what a programme costs its funder to run in a quarter [cent]: ⌊Y(q+1)/4⌋ − ⌊Yq/4⌋ of
/// the yearly cost Y, so that four quarters make it up, from the quarter q = 0 in which the first
/// call opens to the end of the last (q below 0: not then); and for each application and each award
inline std::int64_t administration(std::int64_t per_year, std::int64_t q,
                                   std::int64_t per_application, std::int64_t applications,
                                   std::int64_t per_award, std::int64_t awards) {
  const std::int64_t of_year = q < 0 ? 0 : per_year * (q + 1) / 4 - per_year * q / 4;
  return of_year + per_application * applications + per_award * awards;
}

/// [eq. 66] staff that filing an application takes in the quarter [FTE]; the members of a pool that
/// apply together share it
inline double filing_effort(double days, double days_per_quarter, double filers) {
  return days / (days_per_quarter * filers);
}

/// [eq. 69] what waiting for an announced call is worth to a unit that would start now: the grant
/// that it may expect, less the work of asking for it and the benefit it forgoes until the call
/// opens, b·grant − filing·w/4 − Δ/4·(G − o C⁰ψP̄ − comp)₊ [EUR]. It waits if that is above zero.
inline double gain_of_waiting(double award_chance, double grant, double filing_effort, double wage,
                              double quarters, double net_benefit) {
  return award_chance * grant - filing_effort * wage / 4.0 -
         quarters / 4.0 * std::max(0.0, net_benefit);
}

/// b: accepted over filed applications of the last quarter with any, 1 before
inline double award_chance(double accepted, double filed) {
  return filed > 0.0 ? accepted / filed : 1.0;
}

/// [eq. 67] the key of an application under `fcfs`: who has free staff files first
inline double speed_key(double luck, double floor, double free_staff) {
  return -luck / (floor + std::max(0.0, free_staff));
}
/// The key under `merit` and `quota`.
inline double merit_key(double data, double utility_weight, double score, double luck_weight,
                        double luck) {
  const double of_score = utility_weight > 0.0 ? utility_weight * score : 0.0;  // it may be +∞
  return data + of_score + luck_weight * luck;
}

}  // namespace rathaus::rules
