#include "calibration/sampler.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "calibration/kernel.h"

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

struct Proposal {
  std::uint64_t number = 0;
  std::vector<double> score;
  std::optional<std::vector<double>> values;
  Simulated simulated;
};

/// A stretch of proposals, simulated side by side.
std::vector<Proposal> simulate_stretch(const Problem& problem, const Kernel& kernel,
                                       const random::Key& key, std::uint32_t generation,
                                       std::uint64_t first, std::size_t count,
                                       const std::atomic<bool>* stop) {
  std::vector<Proposal> stretch(count);
  for (std::size_t i = 0; i < count; ++i) {
    stretch[i].number = first + i;
    stretch[i].score = kernel.propose(key, generation, first + i);
    std::vector<double> place;
    for (const double z : stretch[i].score) place.push_back(place_of_score(z));
    stretch[i].values = problem.values(place);
  }
  tbb::parallel_for(std::size_t{0}, count, [&](std::size_t i) {
    Proposal& one = stretch[i];
    if (one.values && !(stop != nullptr && stop->load()))
      one.simulated = problem.simulate(one.number, *one.values);
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

void take(const Proposal& proposal, Population& population, const Kernel& kernel) {
  population.score.insert(population.score.end(), proposal.score.begin(), proposal.score.end());
  population.weight.push_back(kernel.weight(proposal.score));
  population.distance.push_back(proposal.simulated.distance);
  population.statistic.insert(population.statistic.end(), proposal.simulated.statistic.begin(),
                              proposal.simulated.statistic.end());
}

}  // namespace

Step advance(const Problem& problem, const Request& request, const random::Key& key,
             const Population* last, const std::atomic<bool>* stop) {
  Population next;
  if (last != nullptr) {
    if (last->tolerance <= request.tolerance) return {{}, Ending::tolerance};
    if (last->generation + 1 >= request.generations) return {{}, Ending::generations};
    const std::optional<double> tolerance = next_tolerance(*last, request);
    if (!tolerance) return {{}, Ending::no_progress};
    next.generation = last->generation + 1;
    next.tolerance = *tolerance;
    next.first_number = last->first_number + last->proposals;
  }
  const Kernel kernel =
      last == nullptr ? Kernel(problem.parameters) : Kernel(*last, problem.parameters);
  const auto most = static_cast<std::uint64_t>(request.particles / request.acceptance);
  std::uint64_t proposals = 0;
  while (next.particles() < request.particles) {
    if (proposals >= most) return {{}, Ending::acceptance};
    if (next.first_number + proposals >= request.simulations) return {{}, Ending::simulations};
    const std::size_t length =
        stretch_length(request.particles - next.particles(), next.particles(), proposals);
    const std::vector<Proposal> stretch = simulate_stretch(
        problem, kernel, key, next.generation, next.first_number + proposals, length, stop);
    if (stop != nullptr && stop->load()) return {{}, Ending::interrupted};
    for (const Proposal& proposal : stretch) {
      ++proposals;
      const double distance = proposal.simulated.distance;
      if (!std::isfinite(distance) || distance > next.tolerance) continue;
      take(proposal, next, kernel);
      if (next.particles() == request.particles) break;
    }
  }
  next.proposals = proposals;
  const double total = std::accumulate(next.weight.begin(), next.weight.end(), 0.0);
  for (double& w : next.weight) w /= total;
  return {std::move(next), Ending::none};
}

Ending sample(const Problem& problem, const Request& request, const random::Key& key,
              std::optional<Population> last, const std::function<void(const Population&)>& keep,
              const std::atomic<bool>* stop) {
  while (true) {
    Step step = advance(problem, request, key, last ? &*last : nullptr, stop);
    if (!step.population) return step.ending;
    last = std::move(step.population);
    keep(*last);
  }
}

}  // namespace rathaus::calibration
