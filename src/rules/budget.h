// The free reserve [ODD 7.9]. Amounts are rounded to cents where they are booked.
#pragma once

namespace rathaus::rules {

/// [eq. 10] inflow b N f φ (1 − d), retained saving ρ_s Sav and the cap B b N f + 4 ρ_s Sav; what
/// exceeds the cap is forfeited, since budgets lapse with the year
struct Budget {
  double free_share;      //!< 1 − d
  double retained_share;  //!< ρ_s

  double inflow(double margin, double macro_factor) const {
    return margin * macro_factor * free_share;
  }
  double retained(double saving) const { return retained_share * saving; }
  double cap(double of_margin, double saving) const {
    return of_margin + 4.0 * retained_share * saving;
  }
};

}  // namespace rathaus::rules
