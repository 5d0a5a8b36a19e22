#include "calibration/kernel.h"

#include <algorithm>
#include <cmath>

#include "calibration/cholesky.h"
#include "lanes/elementary.h"

namespace rathaus::calibration {
namespace {

constexpr double prior_share = 0.1;  // δ

std::vector<double> mean_of(const Population& p, std::size_t k) {
  std::vector<double> mean(k, 0.0);
  for (std::size_t i = 0; i < p.particles(); ++i)
    for (std::size_t c = 0; c < k; ++c) mean[c] += p.weight[i] * p.score[i * k + c];
  return mean;
}

/// Weighted covariance. Correlations of few vectors are noise: they are shrunk by k / (k + n).
std::vector<double> covariance_of(const Population& p, const std::vector<double>& mean) {
  const std::size_t k = mean.size();
  std::vector<double> covariance(k * k, 0.0);
  for (std::size_t i = 0; i < p.particles(); ++i)
    for (std::size_t a = 0; a < k; ++a)
      for (std::size_t b = 0; b <= a; ++b)
        covariance[a * k + b] +=
            p.weight[i] * (p.score[i * k + a] - mean[a]) * (p.score[i * k + b] - mean[b]);
  const double n = p.effective_size();
  const double kept = n / (n + static_cast<double>(k));
  for (std::size_t a = 0; a < k; ++a) {
    for (std::size_t b = 0; b < a; ++b) covariance[a * k + b] *= kept;
    covariance[a * k + a] += 1e-9;  // a generation that agrees in a number can still be factored
  }
  return covariance;
}

}  // namespace

Kernel::Kernel(const Population& last, std::size_t parameters)
    : parameters_(parameters), weights_(last.weight) {
  const std::size_t k = parameters;
  const double dimensions = static_cast<double>(k);
  const double h =
      std::min(0.99, elementary::pow(4.0 / (last.effective_size() * (dimensions + 2.0)),
                                     1.0 / (dimensions + 4.0)));
  const double a = std::sqrt(1.0 - h * h);
  const std::vector<double> mean = mean_of(last, k);
  factor_ = cholesky(covariance_of(last, mean), k);
  for (double& x : factor_) x *= h;
  for (std::size_t c = 0; c < k; ++c) log_determinant_ += elementary::log(factor_[c * k + c]);
  double sum = 0.0;
  for (std::size_t i = 0; i < last.particles(); ++i) {
    cumulative_.push_back(sum += last.weight[i]);
    for (std::size_t c = 0; c < k; ++c)
      centre_.push_back(mean[c] + a * (last.score[i * k + c] - mean[c]));
    const std::vector<double> white = whitened(std::span(centre_).last(k));
    white_.insert(white_.end(), white.begin(), white.end());
  }
}

std::vector<double> Kernel::whitened(std::span<const double> x) const {
  std::vector<double> y(x.begin(), x.end());
  solve_lower(factor_, y);
  return y;
}

std::vector<double> Kernel::propose(const random::Key& key, std::uint32_t generation,
                                    std::uint64_t number) const {
  using random::Process;
  const auto entity = static_cast<std::uint32_t>(number);
  std::vector<double> draw(parameters_);
  for (std::size_t c = 0; c < parameters_; ++c)
    draw[c] = random::normal(key, Process::proposal, entity, static_cast<std::uint32_t>(4 + 2 * c),
                             generation);
  const double choice = random::uniform(key, Process::proposal, entity, 0, generation);
  if (cumulative_.empty() || choice < prior_share) return draw;
  const double place = (choice - prior_share) / (1.0 - prior_share) * cumulative_.back();
  const auto found = std::ranges::upper_bound(cumulative_, place);
  const auto ancestor =
      std::min(static_cast<std::size_t>(found - cumulative_.begin()), cumulative_.size() - 1);
  std::vector<double> score(
      centre_.begin() + static_cast<std::ptrdiff_t>(ancestor * parameters_),
      centre_.begin() + static_cast<std::ptrdiff_t>((ancestor + 1) * parameters_));
  for (std::size_t a = 0; a < parameters_; ++a)
    for (std::size_t b = 0; b <= a; ++b) score[a] += factor_[a * parameters_ + b] * draw[b];
  return score;
}

double Kernel::weight(std::span<const double> score) const {
  if (cumulative_.empty()) return 1.0;
  double squares = 0.0;
  for (const double z : score) squares += z * z;
  const std::vector<double> white = whitened(score);
  double ratio = 0.0;  // Σ_j w_j N(z; …) / φ(z)
  for (std::size_t i = 0; i < weights_.size(); ++i) {
    double apart = 0.0;
    for (std::size_t c = 0; c < parameters_; ++c) {
      const double d = white[c] - white_[i * parameters_ + c];
      apart += d * d;
    }
    ratio += weights_[i] * elementary::exp(0.5 * (squares - apart) - log_determinant_);
  }
  return 1.0 / (prior_share + (1.0 - prior_share) * ratio);
}

}  // namespace rathaus::calibration
