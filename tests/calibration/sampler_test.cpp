// ABC-SMC on problems with a known answer, which take microseconds to simulate.
#include "calibration/sampler.h"

#include <tbb/global_control.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <thread>

#include "calibration/ranks.h"
#include "catch.h"

using namespace rathaus;
using namespace rathaus::calibration;

namespace {

Request request(std::uint32_t particles, double tolerance = 1.0) {
  Request r;
  r.particles = particles;
  r.tolerance = tolerance;
  return r;
}

Request request(Method method, std::uint32_t particles) {
  Request r = request(particles);
  r.method = method;
  r.training = 400;
  r.simulations = 100'000'000;
  return r;
}

double noise(const random::Key& key, std::uint64_t number, std::uint32_t which) {
  return random::normal(key, random::Process::world, static_cast<std::uint32_t>(number), 2 * which,
                        0);
}

/// Three numbers, uniform on (0, 1); two noisy readings of the first and of first x second, and
/// none of the third.
constexpr std::array sigma{0.05, 0.1};

std::vector<double> readings(const random::Key& key, std::uint64_t number,
                             std::span<const double> v) {
  return {v[0] + sigma[0] * noise(key, number, 0), v[0] * v[1] + sigma[1] * noise(key, number, 1)};
}

Problem toy(const random::Key& key, const std::vector<double>& observed, double tolerance) {
  return {.parameters = 3,
          .patterns = 2,
          .values = [](std::span<const double> place) -> std::optional<std::vector<double>> {
            return std::vector<double>(place.begin(), place.end());
          },
          .simulate =
              [=](std::uint64_t number, const std::vector<double>& v, double) {
                Simulated s{readings(key, number, v), 0.0};
                for (std::size_t p = 0; p < 2; ++p)
                  s.distance =
                      std::max(s.distance, std::abs(s.statistic[p] - observed[p]) / tolerance);
                return s;
              },
          .apart =
              [=](std::size_t pattern, double statistic) {
                return std::abs(statistic - observed[pattern]) / tolerance;
              }};
}

/// The last generation.
Population posterior(const Problem& problem, const Request& r, std::uint64_t seed,
                     Ending* ending = nullptr) {
  Population last;
  const Ending end =
      sample(problem, r, random::world_key(seed), {}, [&](const Population& p) { last = p; });
  if (ending != nullptr) *ending = end;
  return last;
}

std::vector<double> places(const Population& p, std::size_t parameter, std::size_t parameters) {
  std::vector<double> all;
  for (std::size_t i = 0; i < p.particles(); ++i)
    all.push_back(place_of_score(p.score[i * parameters + parameter]));
  return all;
}

double mean_of(const std::vector<double>& x, const std::vector<double>& w) {
  double sum = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += w[i] * x[i];
  return sum;
}

double variance_of(const std::vector<double>& x, const std::vector<double>& w) {
  const double mean = mean_of(x, w);
  double sum = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += w[i] * (x[i] - mean) * (x[i] - mean);
  return sum;
}

double phi(double x) {
  return 0.5 * std::erfc(-x / std::sqrt(2.0));
}

}  // namespace

TEST_CASE("the posterior is the one that integration gives, tolerance included") {
  const double tolerance = 0.08;
  const std::vector<double> observed{0.6, 0.3};
  const Method method = GENERATE(Method::smc, Method::screen);
  const Population p =
      posterior(toy(random::world_key(11), observed, tolerance), request(method, 4000), 3);
  // density of (a, b) is the chance that both readings fall within the tolerance
  double total = 0.0, a1 = 0.0, a2 = 0.0, b1 = 0.0, b2 = 0.0;
  constexpr int cells = 400;
  for (int i = 0; i < cells; ++i)
    for (int j = 0; j < cells; ++j) {
      const double a = (i + 0.5) / cells, b = (j + 0.5) / cells;
      const auto within = [&](double x, double mean, double sd) {
        return phi((x + tolerance - mean) / sd) - phi((x - tolerance - mean) / sd);
      };
      const double density =
          within(observed[0], a, sigma[0]) * within(observed[1], a * b, sigma[1]);
      total += density;
      a1 += density * a;
      a2 += density * a * a;
      b1 += density * b;
      b2 += density * b * b;
    }
  a1 /= total, a2 = a2 / total - a1 * a1, b1 /= total, b2 = b2 / total - b1 * b1;
  const double n = p.effective_size();
  CHECK(n > 1000);
  CHECK(p.tolerance == 1.0);
  const auto a = places(p, 0, 3), b = places(p, 1, 3), c = places(p, 2, 3);
  // 4.5 standard errors of a mean, and of a variance (that of a normal number)
  CHECK(std::abs(mean_of(a, p.weight) - a1) < 4.5 * std::sqrt(a2 / n));
  CHECK(std::abs(mean_of(b, p.weight) - b1) < 4.5 * std::sqrt(b2 / n));
  CHECK(std::abs(variance_of(a, p.weight) / a2 - 1.0) < 4.5 * std::sqrt(2.0 / n));
  CHECK(std::abs(variance_of(b, p.weight) / b2 - 1.0) < 4.5 * std::sqrt(2.0 / n));
  // without influence: mean 1/2, variance 1/12 with its own standard error
  CHECK(std::abs(mean_of(c, p.weight) - 0.5) < 4.5 * std::sqrt(1.0 / 12.0 / n));
  CHECK(std::abs(12.0 * variance_of(c, p.weight) - 1.0) < 4.5 * std::sqrt(0.8 / n));
  CHECK(variance_of(a, p.weight) < 0.1 / 12.0);
}

TEST_CASE("a number without influence keeps its prior, whatever the other numbers learn") {
  const Method method = GENERATE(Method::smc, Method::screen);
  const Population p =
      posterior(toy(random::world_key(5), {0.4, 0.2}, 0.02), request(method, 2000), 8);
  auto c = places(p, 2, 3);
  // Kolmogorov and Smirnov with weights: 1.95 / √n is exceeded once in 1,000 cases
  std::vector<std::size_t> order(c.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return c[i]; });
  double below = 0.0, gap = 0.0;
  for (const std::size_t i : order) {
    gap = std::max(gap, std::abs(below - c[i]));
    below += p.weight[i];
    gap = std::max(gap, std::abs(below - c[i]));
  }
  CHECK(p.generation >= (method == Method::smc ? 3 : 2));
  CHECK(gap < 1.95 / std::sqrt(p.effective_size()));
}

TEST_CASE("same bits for any number of threads and any order of completion") {
  const Problem quick = toy(random::world_key(1), {0.5, 0.3}, 0.05);
  Problem shuffled = quick;
  shuffled.simulate = [&](std::uint64_t number, const std::vector<double>& v, double enough) {
    std::this_thread::sleep_for(std::chrono::microseconds(number * 7919 % 40));
    return quick.simulate(number, v, enough);
  };
  const Request wanted = request(GENERATE(Method::smc, Method::screen), 200);
  const auto run = [&](const Problem& problem, std::size_t threads) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    return posterior(problem, wanted, 2);
  };
  const Population one = run(quick, 1), two = run(shuffled, 2);
  CHECK(one.score == two.score);
  CHECK(one.weight == two.weight);
  CHECK(one.statistic == two.statistic);
  CHECK(one.proposals == two.proposals);
  CHECK(posterior(quick, wanted, 3).score != one.score);
}

TEST_CASE("a calibration that goes on from any generation ends as if it had not stopped") {
  const Problem problem = toy(random::world_key(1), {0.5, 0.3}, 0.05);
  std::vector<Population> all;
  std::vector<Sofar> stations;
  const auto keep = [&](const Population& p) { all.push_back(p); };
  const auto keep_begun = [&](const Population& p) {
    CHECK(p.generation == all.size());
    stations.push_back({all.empty() ? std::nullopt : std::optional(all.back()), p});
  };
  const Request wanted = request(GENERATE(Method::smc, Method::screen), 150);
  sample(problem, wanted, random::world_key(4), {}, keep, keep_begun);
  REQUIRE(all.size() >= 3);
  REQUIRE(!stations.empty());  // within generations, too
  for (std::size_t from = 0; from + 1 < all.size(); ++from) stations.push_back({all[from], {}});
  for (const Sofar& station : stations) {
    Population last;
    sample(problem, wanted, random::world_key(4), station, [&](const Population& p) { last = p; });
    CHECK(last.score == all.back().score);
    CHECK(last.weight == all.back().weight);
    CHECK(last.proposals == all.back().proposals);
    CHECK(last.seen_statistic == all.back().seen_statistic);
  }
  for (std::size_t g = 1; g < all.size(); ++g) {
    // two generations of a screen only look
    CHECK((all[g].tolerance < all[g - 1].tolerance || std::isinf(all[g].tolerance)));
    CHECK(all[g].first_number == all[g - 1].first_number + all[g - 1].proposals);
    CHECK(std::ranges::max(all[g].distance) <= all[g].tolerance);
    CHECK(std::accumulate(all[g].weight.begin(), all[g].weight.end(), 0.0) == Approx(1.0));
  }
}

TEST_CASE("it ends for the reason that it tells") {
  const Problem problem = toy(random::world_key(1), {0.5, 0.3}, 0.05);
  const auto end = [&](const Request& r, const Problem& p) {
    Ending ending{};
    posterior(p, r, 1, &ending);
    return ending;
  };
  Request r = request(100);
  CHECK(end(r, problem) == Ending::tolerance);
  r.generations = 2;
  CHECK(end(r, problem) == Ending::generations);
  r = request(100, 1e-6);
  r.acceptance = 0.2;
  CHECK(end(r, problem) == Ending::acceptance);
  r = request(100, 1e-6);
  r.simulations = 1000;
  CHECK(end(r, problem) == Ending::simulations);
  Problem flat = problem;  // all vectors are equally far
  flat.simulate = [](std::uint64_t, const std::vector<double>&, double) {
    return Simulated{{0.0, 0.0}, 2.0};
  };
  CHECK(end(request(100), flat) == Ending::no_progress);
  Problem mute = problem;  // no vector has a value
  mute.simulate = [](std::uint64_t, const std::vector<double>&, double) {
    return Simulated{{NAN, NAN}, INFINITY};
  };
  CHECK(end(request(100), mute) == Ending::acceptance);
  const std::atomic<bool> stop{true};
  CHECK(advance(problem, request(100), random::world_key(1), nullptr, {}, {}, &stop).ending ==
        Ending::interrupted);
}

TEST_CASE("what the prior excludes is never simulated") {
  Problem problem = toy(random::world_key(1), {0.5, 0.3}, 0.05);
  problem.values = [](std::span<const double> place) -> std::optional<std::vector<double>> {
    if (place[0] + place[2] > 1.0) return std::nullopt;
    return std::vector<double>(place.begin(), place.end());
  };
  const auto inner = problem.simulate;
  problem.simulate = [&](std::uint64_t number, const std::vector<double>& v, double enough) {
    if (v[0] + v[2] > 1.0) throw std::logic_error("excluded");
    return inner(number, v, enough);
  };
  const Request wanted = request(GENERATE(Method::smc, Method::screen), 1000);
  const Population p = posterior(problem, wanted, 1);
  const auto a = places(p, 0, 3), c = places(p, 2, 3);
  // given a, the third number is uniform on (0, 1 − a)
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += p.weight[i] * c[i] / (1.0 - a[i]);
  CHECK(std::abs(sum - 0.5) < 4.5 * std::sqrt(1.0 / 12.0 / p.effective_size()));
}

TEST_CASE("a screen saves simulations and keeps the posterior, however little it has seen") {
  const Problem problem = toy(random::world_key(1), {0.5, 0.3}, 0.02);
  Request well = request(Method::screen, 1000), badly = well, wide = well;
  badly.training = 20;
  wide.training = 2000;
  const Population a = posterior(problem, well, 1), b = posterior(problem, badly, 2),
                   c = posterior(problem, wide, 3);
  const auto first = [](const Population& p) { return mean_of(places(p, 0, 3), p.weight); };
  const auto error = [](const Population& p) {
    return std::sqrt(variance_of(places(p, 0, 3), p.weight) / p.effective_size());
  };
  CHECK(std::abs(first(a) - first(b)) < 4.5 * std::hypot(error(a), error(b)));
  CHECK(std::abs(first(a) - first(c)) < 4.5 * std::hypot(error(a), error(c)));
  CHECK(c.effective_size() > 300);
  CHECK(std::ranges::max(c.weight) > 2.0 * std::ranges::min(c.weight));
  double close = 0.0;  // of the prior
  constexpr std::uint64_t tried = 20'000;
  for (std::uint64_t i = 0; i < tried; ++i) {
    std::vector<double> place;
    for (std::uint32_t k = 0; k < 3; ++k)
      place.push_back(random::uniform(random::world_key(7), random::Process::network,
                                      static_cast<std::uint32_t>(i), k, 0));
    close += problem.simulate(i, place, 1.0).distance <= 1.0;
  }
  REQUIRE(close > 20);
  CHECK(c.acceptance() > 2.0 * close / tried);
}

TEST_CASE("simulation-based calibration of the sampler: ranks are uniform, with its weights only") {
  const std::uint32_t truths = test::asked("RATHAUS_SBC_TRUTHS", 400);
  const Method method = GENERATE(Method::smc, Method::screen);
  const std::uint32_t particles = test::asked("RATHAUS_SBC_PARTICLES", 150);
  const double tolerance = 0.06;
  std::array<test::Ranks, 3> ranks;
  test::Ranks unweighted;
  for (std::uint32_t t = 0; t < truths; ++t) {
    const random::Key key = random::run_key(77, t, 0), other = random::run_key(77, t, 1);
    std::vector<double> truth;
    const auto uniform = [&](std::uint32_t sub) {
      return random::uniform(key, random::Process::network, 0, sub, 0);
    };
    for (std::uint32_t k = 0; k < 3; ++k) truth.push_back(uniform(k));
    std::vector<double> observed = readings(key, 0, truth);
    for (std::uint32_t p = 0; p < 2; ++p) observed[p] += tolerance * (2.0 * uniform(4 + p) - 1.0);
    Request r = request(method, particles);
    r.acceptance = 1e-4;
    r.simulations = 10'000'000;
    const Population p = posterior(toy(other, observed, tolerance), r, 1000 + t);
    REQUIRE(p.tolerance == 1.0);
    for (std::size_t k = 0; k < 3; ++k)
      ranks[k].add(test::rank_of(truth[k], places(p, k, 3), p.weight,
                                 uniform(8 + static_cast<std::uint32_t>(k))));
    const std::vector<double> equal(p.particles(), 1.0);
    unweighted.add(test::rank_of(truth[0], places(p, 0, 3), equal, uniform(12)));
  }
  std::printf("sampler: %u truths, chi-square %.1f %.1f %.1f (limit %.2f); without weights %.1f\n",
              truths, ranks[0].chi_square(), ranks[1].chi_square(), ranks[2].chi_square(),
              test::chi_square_limit, unweighted.chi_square());
  for (const test::Ranks& one : ranks) std::printf("  %s\n", one.text().c_str());
  for (const test::Ranks& one : ranks) CHECK(one.chi_square() < test::chi_square_limit);
  if (method == Method::smc) CHECK(unweighted.chi_square() > test::chi_square_limit);
}
