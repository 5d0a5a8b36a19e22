#include "analysis/duels.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace rathaus::analysis {
namespace {

/// What larger is better of in one less what it is in the other; equally infinite ones tie.
std::vector<double> lead(const std::vector<double>& first, const std::vector<double>& second) {
  std::vector<double> leads;
  for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i)
    leads.push_back(first[i] == second[i] ? 0.0 : first[i] - second[i]);
  return leads;
}

bool always(const Duel& duel, std::size_t winner) {
  const Verdict wanted = duel.first == winner ? Verdict::holds : Verdict::harms;
  return std::ranges::all_of(duel.judged, [&](const Judged& j) { return j.verdict == wanted; });
}

std::optional<std::size_t> best_of(const Answer& answer) {
  for (std::size_t s = 0; s < answer.scenarios.size(); ++s) {
    std::size_t fought = 0, won = 0;
    for (const Duel& duel : answer.duels) {
      if (duel.first != s && duel.second != s) continue;
      ++fought;
      won += always(duel, s);
    }
    if (fought > 0 && won == fought) return s;
  }
  return std::nullopt;
}

/// The duel that comes nearest to a winner, at its weakest theory; by chance alone that of the
/// first two designs in order.
std::optional<Nearest> nearest_of(const Answer& answer) {
  std::optional<Nearest> nearest;
  for (const Duel& duel : answer.duels)
    for (const bool first : {true, false}) {
      const auto wins = [&](std::size_t theory) {
        return first ? duel.judged[theory].wanted : duel.judged[theory].unwanted;
      };
      std::size_t weakest = 0;
      for (std::size_t theory = 1; theory < duel.judged.size(); ++theory)
        if (wins(theory) < wins(weakest)) weakest = theory;
      const std::size_t winner = first ? duel.first : duel.second;
      const std::size_t loser = first ? duel.second : duel.first;
      if (answer.by_points() ? !nearest || wins(weakest) > nearest->points
                             : winner == answer.order[0] && loser == answer.order[1])
        nearest = {winner, loser, weakest, wins(weakest)};
    }
  return nearest;
}

/// All but the one that is compared with, the best middle first; ties as in the file.
std::vector<std::size_t> order_of(const Answer& answer, const Merits& merits) {
  std::vector<std::size_t> order;
  std::vector<double> middle(answer.scenarios.size(), -std::numeric_limits<double>::infinity());
  for (std::size_t s = 0; s < answer.scenarios.size(); ++s) {
    if (s == answer.against_index) continue;
    order.push_back(s);
    const double found = range_of(merits[s].front()).middle;
    if (!std::isnan(found)) middle[s] = found;
  }
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t s) { return middle[s]; });
  return order;
}

/// Every two designs, each against the other.
std::vector<Duel> duels_of(const Sampling& sampling, const Merits& merits, const Answer& answer) {
  const double smallest = answer.asked.cost() != nullptr ? 0.0 : answer.smallest_gain;
  std::vector<Duel> duels;
  for (std::size_t a = 0; a < answer.scenarios.size(); ++a)
    for (std::size_t b = a + 1; b < answer.scenarios.size(); ++b) {
      if (a == answer.against_index || b == answer.against_index) continue;
      Duel duel{a, b, {}};
      for (std::size_t theory = 0; theory < answer.theories.size(); ++theory)
        duel.judged.push_back(
            sampling.judged(lead(merits[a][theory], merits[b][theory]), true, smallest));
      duels.push_back(std::move(duel));
    }
  return duels;
}

}  // namespace

void settle_duels(const Sampling& sampling, const Merits& merits, Answer& answer) {
  answer.duels = duels_of(sampling, merits, answer);
  answer.order = order_of(answer, merits);
  answer.best = best_of(answer);
  answer.nearest = nearest_of(answer);
}

}  // namespace rathaus::analysis
