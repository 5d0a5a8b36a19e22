#include "calibration/sampler.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <utility>

#include "calibration/kernel.h"
#include "calibration/screen.h"

namespace rathaus::calibration {
namespace {

/// Of the next generation; nothing if no vector is closer than the last tolerance.
std::optional<double> next_tolerance(const Population& last, const Request& request) {
  double next = weighted_quantile(last.distance, last.weight, request.quantile);
  if (next >= last.tolerance) {  // many vectors at the same distance
    next = -std::numeric_limits<double>::infinity();
    for (const double d : last.distance)
      if (d < last.tolerance) next = std::max(next, d);
    if (std::isinf(next)) return std::nullopt;
  }
  return std::max(next, request.tolerance);
}

/// Where the proposals of a generation come from.
struct Source {
  std::function<std::vector<double>(const random::Key&, std::uint32_t, std::uint64_t)> propose;
  std::function<double(std::span<const double>)> weight;
};

template <class From>
Source source_of(std::shared_ptr<const From> from) {
  return {[from](const random::Key& key, std::uint32_t generation, std::uint64_t number) {
            return from->propose(key, generation, number);
          },
          [from](std::span<const double> score) { return from->weight(score); }};
}

Source source(const Problem& problem, const Request& request, const Population* last,
              double tolerance) {
  if (last == nullptr) return source_of(std::make_shared<const Kernel>(problem.parameters));
  if (request.method == Method::screen)
    return source_of(std::make_shared<const Screen>(*last, problem, tolerance));
  return source_of(std::make_shared<const Kernel>(*last, problem.parameters));
}

/// A screen is made of what the prior shows, and made again of what is seen where it let pass.
constexpr std::uint32_t training_generations = 2;

struct Proposal {
  std::uint64_t number = 0;
  std::vector<double> score;
  std::optional<std::vector<double>> values;
  Simulated simulated;
};

/// A stretch of proposals, simulated side by side. What ends above the tolerance may be cut short.
std::vector<Proposal> simulate_stretch(const Problem& problem, const Source& source,
                                       const random::Key& key, const Population& next,
                                       std::uint64_t first, std::size_t count,
                                       const std::atomic<bool>* stop) {
  std::vector<Proposal> stretch(count);
  tbb::parallel_for(std::size_t{0}, count, [&](std::size_t i) {
    stretch[i].number = first + i;
    stretch[i].score = source.propose(key, next.generation, first + i);
  });
  for (Proposal& one : stretch) {
    std::vector<double> place;
    for (const double z : one.score) place.push_back(place_of_score(z));
    one.values = problem.values(place);
  }
  tbb::parallel_for(std::size_t{0}, count, [&](std::size_t i) {
    Proposal& one = stretch[i];
    if (one.values && !(stop != nullptr && stop->load()))
      one.simulated = problem.simulate(one.number, *one.values, next.tolerance);
  });
  return stretch;
}

/// So many proposals are likely to give what is still wanted. It decides about waste only: what is
/// accepted depends on the numbers of the proposals.
std::size_t stretch_length(std::size_t wanted, std::size_t accepted, std::uint64_t proposals) {
  const double rate = proposals == 0 ? 1.0
                                     : (static_cast<double>(accepted) + 1.0) /
                                           (static_cast<double>(proposals) + 1.0);
  return static_cast<std::size_t>(
      std::clamp(1.1 * static_cast<double>(wanted) / rate, 32.0, 4096.0));
}

void take(const Proposal& proposal, Population& population, const Source& source) {
  population.score.insert(population.score.end(), proposal.score.begin(), proposal.score.end());
  population.weight.push_back(source.weight(proposal.score));
  population.distance.push_back(proposal.simulated.distance);
  population.statistic.insert(population.statistic.end(), proposal.simulated.statistic.begin(),
                              proposal.simulated.statistic.end());
}

}  // namespace

Step advance(const Problem& problem, const Request& request, const random::Key& key,
             const Population* last, std::optional<Population> begun, const Keep& keep_begun,
             const std::atomic<bool>* stop) {
  Population next;
  const bool screened = request.method == Method::screen;
  if (last != nullptr) {
    if (last->tolerance <= request.tolerance) return {{}, Ending::tolerance};
    if (last->generation + 1 >= request.generations) return {{}, Ending::generations};
    next.generation = last->generation + 1;
    if (!screened) {
      const std::optional<double> tolerance = next_tolerance(*last, request);
      if (!tolerance) return {{}, Ending::no_progress};
      next.tolerance = *tolerance;
    } else if (next.generation >= training_generations) {
      next.tolerance = request.tolerance;
    }
    next.first_number = last->first_number + last->proposals;
  }
  const Source from = source(problem, request, last, next.tolerance);
  const auto most = static_cast<std::uint64_t>(request.particles / request.acceptance);
  std::size_t training = 0, seen_before = 0;
  if (screened && next.generation < training_generations) {
    training = request.training;
    if (last != nullptr) {
      next.seen_score = last->seen_score;
      next.seen_statistic = last->seen_statistic;
      seen_before = last->seen(problem.parameters);
    }
  }
  if (begun) next = std::move(*begun);
  const auto seen = [&] { return next.seen(problem.parameters) - seen_before; };
  const auto is_whole = [&] { return next.particles() == request.particles && seen() >= training; };
  while (!is_whole()) {
    if (next.proposals >= std::max<std::uint64_t>(most, training)) return {{}, Ending::acceptance};
    if (next.first_number + next.proposals >= request.simulations) return {{}, Ending::simulations};
    const std::size_t length = std::max(
        stretch_length(request.particles - next.particles(), next.particles(), next.proposals),
        std::min(training - std::min(training, seen()), std::size_t{4096}));
    const std::vector<Proposal> stretch = simulate_stretch(
        problem, from, key, next, next.first_number + next.proposals, length, stop);
    if (stop != nullptr && stop->load()) return {{}, Ending::interrupted};
    for (const Proposal& proposal : stretch) {
      ++next.proposals;
      const Simulated& simulated = proposal.simulated;
      if (seen() < training && !simulated.statistic.empty()) {
        next.seen_score.insert(next.seen_score.end(), proposal.score.begin(), proposal.score.end());
        next.seen_statistic.insert(next.seen_statistic.end(), simulated.statistic.begin(),
                                   simulated.statistic.end());
      }
      if (next.particles() < request.particles && std::isfinite(simulated.distance) &&
          simulated.distance <= next.tolerance)
        take(proposal, next, from);
      if (is_whole()) break;
    }
    if (keep_begun && !is_whole()) keep_begun(next);
  }
  const double total = std::accumulate(next.weight.begin(), next.weight.end(), 0.0);
  for (double& w : next.weight) w /= total;
  return {std::move(next), Ending::none};
}

Ending sample(const Problem& problem, const Request& request, const random::Key& key, Sofar sofar,
              const Keep& keep, const Keep& keep_begun, const std::atomic<bool>* stop) {
  while (true) {
    Step step = advance(problem, request, key, sofar.last ? &*sofar.last : nullptr,
                        std::exchange(sofar.begun, std::nullopt), keep_begun, stop);
    if (!step.population) return step.ending;
    sofar.last = std::move(step.population);
    keep(*sofar.last);
  }
}

}  // namespace rathaus::calibration
