#include "calibration/screen.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "calibration/cholesky.h"
#include "rules/logistic.h"

namespace rathaus::calibration {
namespace {

constexpr double least_chance = 1e-5;  // ε
/// Of the coefficients: a few thousand vectors know hundreds of products badly.
constexpr double ridge = 2.0;
constexpr int newton_steps = 12;

/// 1, z, z zᵀ
void find_terms(std::span<const double> z, std::span<double> terms) {
  std::size_t t = 0;
  terms[t++] = 1.0;
  for (const double x : z) terms[t++] = x;
  for (std::size_t a = 0; a < z.size(); ++a)
    for (std::size_t b = 0; b <= a; ++b) terms[t++] = z[a] * z[b];
}

/// Eight sums side by side, whatever the width of the machine's vectors: the same bits everywhere.
double dot(const double* a, const double* b, std::size_t n) {
  std::array<double, 8> sum{};
  std::size_t i = 0;
  for (; i + sum.size() <= n; i += sum.size())
    for (std::size_t l = 0; l < sum.size(); ++l) sum[l] += a[i + l] * b[i + l];
  for (std::size_t l = 0; i < n; ++i, ++l) sum[l] += a[i] * b[i];
  return ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
}

/// Logistic regression with a ridge by Newton's method; `terms` are [vector][term].
std::vector<double> fit(const std::vector<double>& terms, const std::vector<bool>& met,
                        std::size_t size) {
  std::vector<double> beta(size, 0.0);
  for (int step = 0; step < newton_steps; ++step) {
    std::vector<double> curvature(size * size, 0.0), slope(size, 0.0);
    for (std::size_t i = 0; i < met.size(); ++i) {
      const double* const x = &terms[i * size];
      const double p = rules::logistic(dot(x, beta.data(), size));
      const double w = p * (1.0 - p), residual = (met[i] ? 1.0 : 0.0) - p;
      for (std::size_t a = 0; a < size; ++a) {
        slope[a] += residual * x[a];
        const double wx = w * x[a];
        double* const row = &curvature[a * size];
#pragma omp simd
        for (std::size_t b = 0; b <= a; ++b) row[b] += wx * x[b];
      }
    }
    for (std::size_t a = 0; a < size; ++a) {
      const double strength = a == 0 ? 1e-3 : ridge;
      curvature[a * size + a] += strength;
      slope[a] -= strength * beta[a];
    }
    const std::vector<double> factor = cholesky(std::move(curvature), size);
    solve_lower(factor, slope);
    solve_upper(factor, slope);
    double moved = 0.0;
    for (std::size_t a = 0; a < size; ++a) {
      beta[a] += slope[a];
      moved = std::max(moved, std::abs(slope[a]));
    }
    if (moved < 1e-6) break;
  }
  return beta;
}

}  // namespace

Screen::Screen(const Population& last, const Problem& problem, double tolerance)
    : parameters_(problem.parameters),
      terms_(1 + parameters_ + parameters_ * (parameters_ + 1) / 2),
      coefficient_(problem.patterns * terms_) {
  const std::size_t seen = last.seen_score.size() / parameters_;
  std::vector<double> terms(seen * terms_);
  for (std::size_t i = 0; i < seen; ++i)
    find_terms(std::span(last.seen_score).subspan(i * parameters_, parameters_),
               std::span(terms).subspan(i * terms_, terms_));
  tbb::parallel_for(std::size_t{0}, problem.patterns, [&](std::size_t p) {
    std::vector<bool> met(seen);
    for (std::size_t i = 0; i < seen; ++i)
      met[i] = problem.apart(p, last.seen_statistic[i * problem.patterns + p]) <= tolerance;
    const std::vector<double> beta = fit(terms, met, terms_);
    std::ranges::copy(beta, coefficient_.begin() + static_cast<std::ptrdiff_t>(p * terms_));
  });
}

double Screen::passing(std::span<const double> score) const {
  thread_local std::vector<double> terms;
  terms.resize(terms_);
  find_terms(score, terms);
  double all = 1.0;
  for (std::size_t p = 0; p * terms_ < coefficient_.size(); ++p) {
    all *= rules::logistic(dot(&coefficient_[p * terms_], terms.data(), terms_));
    if (all <= least_chance) break;
  }
  return std::sqrt(std::max(all, least_chance));
}

std::vector<double> Screen::propose(const random::Key& key, std::uint32_t generation,
                                    std::uint64_t number) const {
  using random::Process;
  const auto entity = static_cast<std::uint32_t>(number);
  const auto draws = static_cast<std::uint32_t>(4 + 2 * parameters_);  // of one try
  std::vector<double> score(parameters_);
  for (std::uint32_t sub = 0;; sub += draws) {
    for (std::uint32_t c = 0; c < parameters_; ++c)
      score[c] = random::normal(key, Process::proposal, entity, sub + 4 + 2 * c, generation);
    if (random::uniform(key, Process::proposal, entity, sub, generation) < passing(score))
      return score;
  }
}

double Screen::weight(std::span<const double> score) const {
  return 1.0 / passing(score);
}

}  // namespace rathaus::calibration
