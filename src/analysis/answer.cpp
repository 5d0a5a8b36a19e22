#include "analysis/answer.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/figure.h"
#include "analysis/statistics.h"
#include "analysis/strata.h"

namespace rathaus::analysis {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();

using OfRun = Sampling::OfRun;

/// Everything that the answer is taken from.
class Answering {
 public:
  Answering(ResultData& data, const Answer& answer)
      : data_(data), answer_(answer), metric_(data, answer.asked), sampling_(data.runs()) {
    const std::vector<std::size_t> ends = strata_quarters(data.root());
    if (ends.empty()) return;
    for (std::size_t h = 1; h < ends.size(); ++h)
      if (ends[h] <= answer.asked.horizon) horizon_ = h;
    count_.emplace(data, "count");
    anyway_ = anyway_indices(data.root());
    funded_ = funded_indices(data.root());
    induced_ = {stratum_index(data.root(), "induced")};
  }

  std::optional<std::size_t> strata_horizon() const {
    return count_ ? std::optional(horizon_) : std::nullopt;
  }
  const AskedMetric& metric() const { return metric_; }

  DesignAnswer of(std::size_t scenario, std::size_t theory) const;
  /// What larger is better of, beside the scenario that gains are over: a gain, or a cost below 0.
  std::vector<double> merit(std::size_t scenario, std::size_t theory) const;

 private:
  std::vector<double> gains(std::size_t scenario, std::size_t theory, const OfRun& value) const {
    return sampling_.gains(scenario, theory, answer_.against_index, value);
  }
  std::vector<double> asked_gains(std::size_t scenario, std::size_t theory) const {
    return gains(scenario, theory, [&](std::size_t run) { return metric_(run); });
  }
  /// So many units in these strata at the horizon.
  std::vector<double> counted(std::size_t scenario, std::size_t theory,
                              const std::vector<std::size_t>& strata) const {
    return sampling_.values(scenario, theory,
                            [&](std::size_t run) { return count_->sum(run, horizon_, strata); });
  }
  std::vector<double> public_money(std::size_t scenario, std::size_t theory) const {
    return gains(scenario, theory, [&](std::size_t run) {
      return data_.priceless(run) ? none : data_.paid(run, answer_.asked.horizon, true);
    });
  }
  Range price(std::size_t scenario, std::size_t theory, std::span<const double> bought) const;
  void add_money(DesignAnswer& design, std::size_t scenario, std::size_t theory) const;
  void add_support(DesignAnswer& design, std::size_t scenario, std::size_t theory) const;

  ResultData& data_;
  const Answer& answer_;
  AskedMetric metric_;
  Sampling sampling_;
  std::optional<Strata> count_;
  std::size_t horizon_ = 0;
  std::vector<std::size_t> anyway_, funded_, induced_;
};

/// Public money for each additional one, point by point; infinite where nothing is gained.
std::vector<double> prices(std::span<const double> money, std::span<const double> gained) {
  std::vector<double> all;
  for (std::size_t i = 0; i < std::min(money.size(), gained.size()); ++i)
    all.push_back(std::isnan(money[i]) ? none : gained[i] > 0.0 ? money[i] / gained[i] : infinity);
  return all;
}

Range Answering::price(std::size_t scenario, std::size_t theory,
                       std::span<const double> bought) const {
  const std::vector<double> money = public_money(scenario, theory);
  if (sampling_.by_points()) return range_of(prices(money, bought));
  if (summarise(bought).mean <= 0.0 && summarise(money).count > 0)
    return {infinity, infinity, infinity};
  return sampling_.quotient(money, bought);
}

void Answering::add_money(DesignAnswer& design, std::size_t scenario, std::size_t theory) const {
  const auto so_far = [&](const char* name) {
    return sampling_.values(scenario, theory, [&](std::size_t run) {
      const Table3& table = data_.table(std::string("programmes/") + name);
      double sum = 0.0;
      for (std::size_t q = 0; q <= answer_.asked.horizon; ++q)
        for (std::size_t k = 0; k < table.classes; ++k)
          if (const double money = table.at(run, q, k); !std::isnan(money)) sum += money;
      return sum;
    });
  };
  const std::vector<double> offered = so_far("refilled"), paid = so_far("paid");
  design.offered = sampling_.figure(offered);
  design.paid = sampling_.figure(paid);
  if (std::isfinite(summarise(offered).mean)) design.called = sampling_.quotient(paid, offered);
}

void Answering::add_support(DesignAnswer& design, std::size_t scenario, std::size_t theory) const {
  const std::vector<double> supported = counted(scenario, theory, funded_);
  if (std::ranges::none_of(supported, [](double units) { return units > 0.0; })) return;
  design.supported = sampling_.figure(supported);
  const std::vector<double> both = counted(scenario, theory, anyway_);
  std::vector<double> with_ai = counted(scenario, theory, induced_);
  for (std::size_t i = 0; i < with_ai.size(); ++i) with_ai[i] += both[i];
  design.anyway = sampling_.quotient(both, with_ai);
}

DesignAnswer Answering::of(std::size_t scenario, std::size_t theory) const {
  DesignAnswer design;
  design.level = sampling_.figure(
      sampling_.values(scenario, theory, [&](std::size_t run) { return metric_(run); }));
  if (!data_.programmes().empty()) add_money(design, scenario, theory);
  if (scenario == answer_.against_index) return design;
  design.gains = asked_gains(scenario, theory);
  const bool is_cost = answer_.asked.cost() != nullptr;
  design.gain_judged =
      sampling_.judged(design.gains, answer_.asked.more || is_cost, answer_.smallest_gain);
  design.additional = sampling_.figure(design.gains);
  design.gain = is_cost ? price(scenario, theory, design.gains) : design.additional;
  const Metric adopters(data_, "adopters");
  const std::vector<double> bought = gains(
      scenario, theory, [&](std::size_t run) { return adopters(run, answer_.asked.horizon); });
  design.without_gain = static_cast<std::size_t>(
      std::ranges::count_if(bought, [](double more) { return !(more > 0.0); }));
  design.cost = price(scenario, theory, bought);
  if (count_ && answer_.against_index == data_.runs().baseline())
    add_support(design, scenario, theory);
  return design;
}

std::vector<double> Answering::merit(std::size_t scenario, std::size_t theory) const {
  const bool is_cost = answer_.asked.cost() != nullptr;
  std::vector<double> merit = asked_gains(scenario, theory);
  if (is_cost) merit = prices(public_money(scenario, theory), merit);
  if (is_cost || !answer_.asked.more)
    for (double& one : merit) one = -one;
  return merit;
}

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
std::vector<std::size_t> order_of(const Answer& answer,
                                  const std::vector<std::vector<std::vector<double>>>& merits) {
  std::vector<std::size_t> order;
  std::vector<double> middle(answer.scenarios.size(), -infinity);
  for (std::size_t s = 0; s < answer.scenarios.size(); ++s) {
    if (s == answer.against_index) continue;
    order.push_back(s);
    const double found = range_of(merits[s].front()).middle;
    if (!std::isnan(found)) middle[s] = found;
  }
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t s) { return middle[s]; });
  return order;
}

/// Programmes that somebody was eligible for, or whose pot was filled, in the first run of a
/// scenario.
std::vector<std::string> programmes_of(ResultData& data, std::size_t scenario) {
  std::vector<std::string> names;
  const std::vector<std::size_t>& rows = data.runs().of(scenario);
  if (data.programmes().empty() || rows.empty()) return names;
  const Table3& eligible = data.table("programmes/eligible");
  const Table3& refilled = data.table("programmes/refilled");
  const std::size_t classes = eligible.classes / data.programmes().size();
  for (std::size_t k = 0; k < data.programmes().size(); ++k) {
    bool runs = false;
    for (std::size_t q = 0; q < data.quarters() && !runs; ++q) {
      runs = refilled.at(rows.front(), q, k) > 0.0;
      for (std::size_t c = 0; c < classes; ++c)
        runs = runs || eligible.at(rows.front(), q, k * classes + c) > 0.0;
    }
    if (runs) names.push_back(data.programmes()[k]);
  }
  return names;
}

/// Values of the uncertain numbers over the points, in the order of the axis `parameter`.
std::vector<std::vector<double>> uncertain_values(ResultData& data,
                                                  const std::vector<std::string>& numbers) {
  std::vector<std::vector<double>> values(numbers.size());
  if (numbers.empty()) return values;
  // places in the unit cube rank as values do
  const auto cube =
      data.root().variable("parameters/unit_cube").along({"point", "parameter"}).read<double>();
  for (std::size_t i = 0; i < cube.size(); ++i) values[i % numbers.size()].push_back(cube[i]);
  return values;
}

}  // namespace

Answer answer_of(ResultData& data, std::size_t against, const AskInstead& instead) {
  Answer answer;
  const hdf5::Group& root = data.root();
  answer.asked = asked_of(data, instead);
  answer.scenarios = data.runs().scenarios();
  answer.theories = data.runs().alternatives();
  answer.against_index = against;
  answer.against = answer.scenarios[against];
  answer.points = data.runs().points();
  answer.replicates = data.runs().of(against).size() / answer.points;
  if (root.has_attribute("doubt")) answer.doubt = root.text_attribute("doubt");
  const Answering answering(data, answer);
  answer.smallest_gain = smallest_gain_of(data, answer.asked, answering.metric());
  if (const auto horizon = answering.strata_horizon()) {
    answer.anyway_at = root.variable("quarter_label")
                           .along({"quarter"})
                           .read<std::string>(strata_quarters(root).at(*horizon), 1)
                           .front();
  }
  for (std::size_t s = 0; s < answer.scenarios.size(); ++s)
    answer.programmes.push_back(programmes_of(data, s));
  std::vector<std::string> numbers;
  if (answer.by_points() && root.has("parameter"))
    numbers = root.variable("parameter").along({"parameter"}).read<std::string>();
  const std::vector<std::vector<double>> values = uncertain_values(data, numbers);
  answer.effect_bound = bonferroni_bound(answer.points, numbers.size());

  std::vector<std::vector<std::vector<double>>> merits(answer.scenarios.size());
  for (std::size_t theory = 0; theory < answer.theories.size(); ++theory) {
    answer.designs.emplace_back();
    for (std::size_t s = 0; s < answer.scenarios.size(); ++s) {
      answer.designs.back().push_back(answering.of(s, theory));
      if (s == against) continue;
      merits[s].push_back(answering.merit(s, theory));
      if (!numbers.empty() && merits[s].back().size() == answer.points)
        answer.designs.back().back().effects =
            effects_on(answer.designs.back().back().gains, numbers, values);
    }
  }
  const double smallest = answer.asked.cost() != nullptr ? 0.0 : answer.smallest_gain;
  const Sampling sampling(data.runs());
  for (std::size_t a = 0; a < answer.scenarios.size(); ++a)
    for (std::size_t b = a + 1; b < answer.scenarios.size(); ++b) {
      if (a == against || b == against) continue;
      Duel duel{a, b, {}};
      for (std::size_t theory = 0; theory < answer.theories.size(); ++theory)
        duel.judged.push_back(
            sampling.judged(lead(merits[a][theory], merits[b][theory]), true, smallest));
      answer.duels.push_back(std::move(duel));
    }
  answer.order = order_of(answer, merits);
  answer.best = best_of(answer);
  answer.nearest = nearest_of(answer);
  return answer;
}

}  // namespace rathaus::analysis
