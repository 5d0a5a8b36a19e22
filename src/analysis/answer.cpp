#include "analysis/answer.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "analysis/strata.h"

namespace rathaus::analysis {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();

using OfRun = std::function<double(std::size_t run)>;

/// Everything that the answer is taken from.
class Answering {
 public:
  Answering(ResultData& data, const Answer& answer)
      : data_(data), answer_(answer), metric_(data, answer.asked) {
    const std::vector<std::size_t> ends = strata_quarters(data.root());
    if (ends.empty()) return;
    for (std::size_t h = 1; h < ends.size(); ++h)
      if (ends[h] <= answer.asked.horizon) horizon_ = h;
    count_.emplace(data, "count");
    anyway_ = anyway_indices(data.root());
    induced_ = stratum_index(data.root(), "induced");
  }

  std::optional<std::size_t> strata_horizon() const {
    return count_ ? std::optional(horizon_) : std::nullopt;
  }
  const AskedMetric& metric() const { return metric_; }

  /// One value for each point, else for each replicate.
  std::vector<double> sample(std::size_t scenario, std::size_t theory, const OfRun& value) const {
    const std::vector<std::size_t>& rows = data_.runs().of(scenario, theory);
    std::vector<double> values;
    for (const std::size_t run : rows) values.push_back(value(run));
    return answer_.by_points() ? data_.runs().by_point(rows, values)
                               : data_.runs().by_replicate(rows, values);
  }
  std::vector<double> gains(std::size_t scenario, std::size_t theory, const OfRun& value) const {
    return sample(scenario, theory, [&](std::size_t run) {
      return value(run) - value(data_.runs().paired_with(run, answer_.against_index));
    });
  }

  DesignAnswer of(std::size_t scenario, std::size_t theory) const;
  /// What larger is better of, beside the scenario that gains are over: a gain, or a cost below 0.
  std::vector<double> merit(std::size_t scenario, std::size_t theory) const;

 private:
  std::vector<double> costs(std::size_t scenario, std::size_t theory, const OfRun& bought,
                            std::size_t* without) const;

  ResultData& data_;
  const Answer& answer_;
  AskedMetric metric_;
  std::optional<Strata> count_;
  std::size_t horizon_ = 0, induced_ = 0;
  std::vector<std::size_t> anyway_;
};

/// Public money for each additional one; infinite where nothing is gained.
std::vector<double> Answering::costs(std::size_t scenario, std::size_t theory, const OfRun& bought,
                                     std::size_t* without) const {
  const std::vector<double> money = gains(scenario, theory, [&](std::size_t run) {
    return data_.priceless(run) ? none : data_.paid(run, answer_.asked.horizon, true);
  });
  const std::vector<double> gained = gains(scenario, theory, bought);
  std::vector<double> costs;
  for (std::size_t i = 0; i < std::min(money.size(), gained.size()); ++i) {
    const bool there = gained[i] > 0.0;
    if (without != nullptr) *without += !there;
    costs.push_back(std::isnan(money[i]) ? none : there ? money[i] / gained[i] : infinity);
  }
  return costs;
}

DesignAnswer Answering::of(std::size_t scenario, std::size_t theory) const {
  DesignAnswer design;
  const OfRun value = [&](std::size_t run) { return metric_(run); };
  design.level = range_of(sample(scenario, theory, value));
  if (!data_.programmes().empty()) {
    const auto so_far = [&](const char* name) {
      return range_of(sample(scenario, theory, [&](std::size_t run) {
        const Table3& table = data_.table(std::string("programmes/") + name);
        double sum = 0.0;
        for (std::size_t q = 0; q <= answer_.asked.horizon; ++q)
          for (std::size_t k = 0; k < table.classes; ++k)
            if (const double money = table.at(run, q, k); !std::isnan(money)) sum += money;
        return sum;
      }));
    };
    design.offered = so_far("refilled");
    design.paid = so_far("paid");
  }
  if (scenario == answer_.against_index) {
    design.gain = design.anyway = design.cost = {none, none, none};
    return design;
  }
  const std::vector<double> gained = gains(scenario, theory, value);
  design.gains = gained;
  const bool more = answer_.asked.more || answer_.asked.cost() != nullptr;
  design.gain_judged = answer_.by_points() ? judge(gained, more, answer_.smallest_gain)
                                           : judge_by_chance(gained, more, answer_.smallest_gain);
  const Metric adopters(data_, "adopters");
  design.cost = range_of(costs(
      scenario, theory, [&](std::size_t run) { return adopters(run, answer_.asked.horizon); },
      &design.without_gain));
  design.gain = answer_.asked.cost() != nullptr ? range_of(costs(scenario, theory, value, nullptr))
                                                : range_of(gained);
  design.anyway = {none, none, none};
  if (count_ && answer_.against_index == data_.runs().baseline()) {
    const auto both = sample(scenario, theory,
                             [&](std::size_t run) { return count_->sum(run, horizon_, anyway_); });
    const auto induced = sample(
        scenario, theory, [&](std::size_t run) { return count_->at(run, horizon_, induced_); });
    std::vector<double> shares;
    for (std::size_t i = 0; i < both.size(); ++i)
      shares.push_back(both[i] + induced[i] > 0.0 ? both[i] / (both[i] + induced[i]) : none);
    design.anyway = range_of(shares);
  }
  return design;
}

std::vector<double> Answering::merit(std::size_t scenario, std::size_t theory) const {
  const OfRun value = [&](std::size_t run) { return metric_(run); };
  std::vector<double> merit = answer_.asked.cost() != nullptr
                                  ? costs(scenario, theory, value, nullptr)
                                  : gains(scenario, theory, value);
  const bool less = answer_.asked.cost() != nullptr || !answer_.asked.more;
  if (less)
    for (double& one : merit) one = -one;
  return merit;
}

std::size_t wins(const std::vector<double>& of, const std::vector<double>& over, double smallest) {
  std::size_t points = 0;
  for (std::size_t i = 0; i < std::min(of.size(), over.size()); ++i)
    points += of[i] > over[i] + smallest;  // never true of what is missing or equally infinite
  return points;
}

std::optional<std::size_t> best_of(const Answer& answer) {
  if (!answer.by_points()) return std::nullopt;
  const auto always = [&](const std::vector<std::size_t>& wins) {
    return std::ranges::all_of(
        wins, [&](std::size_t points) { return points >= almost_all(answer.points); });
  };
  for (std::size_t s = 0; s < answer.scenarios.size(); ++s) {
    std::size_t fought = 0, won = 0;
    for (const Duel& duel : answer.duels) {
      if (duel.first != s && duel.second != s) continue;
      ++fought;
      won += always(duel.first == s ? duel.first_wins : duel.second_wins);
    }
    if (fought > 0 && won == fought) return s;
  }
  return std::nullopt;
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
  for (std::size_t a = 0; a < answer.scenarios.size(); ++a)
    for (std::size_t b = a + 1; b < answer.scenarios.size(); ++b) {
      if (a == against || b == against) continue;
      Duel duel{a, b, {}, {}};
      for (std::size_t theory = 0; theory < answer.theories.size(); ++theory) {
        duel.first_wins.push_back(wins(merits[a][theory], merits[b][theory], smallest));
        duel.second_wins.push_back(wins(merits[b][theory], merits[a][theory], smallest));
      }
      answer.duels.push_back(std::move(duel));
    }
  answer.best = best_of(answer);
  return answer;
}

}  // namespace rathaus::analysis
