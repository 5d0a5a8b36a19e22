// What chance does and what ignorance does, apart (metrics.md section "Spread").
#pragma once

#include <span>
#include <vector>

#include "analysis/runs.h"
#include "analysis/statistics.h"

namespace rathaus::analysis {

/// Standard deviations by the law of total variance: Var = E_θ[Var_ω] + Var_θ[E_ω].
struct Spread {
  double chance{};     //!< √E_θ[Var_ω]: between replicates at one point; NaN with one replicate
  double ignorance{};  //!< √Var_θ[E_ω], less what chance adds to means of few replicates; NaN with
                       //!< one point
};

/// `values` belong to `rows`, the rows of one scenario under one theory.
Spread spread_of(const Runs& runs, const std::vector<std::size_t>& rows,
                 std::span<const double> values);

}  // namespace rathaus::analysis
