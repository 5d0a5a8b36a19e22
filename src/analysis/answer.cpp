#include "analysis/answer.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/duels.h"
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
    if (answer.anyway_after_payment) {
      after_.emplace(data, "adopted_after_payment");
      after_baseline_.emplace(data, "adopted_after_payment_baseline");
    }
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
  /// Over all theories; its verdict is that of them all.
  DesignAnswer across(std::size_t scenario) const;

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
  std::optional<Strata> count_, after_, after_baseline_;
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
  design.anyway = design.anyway_at_end = sampling_.quotient(both, with_ai);
  if (!after_) return;
  const auto at_horizon = [&](const Strata& of) {
    return sampling_.values(scenario, theory,
                            [&](std::size_t run) { return of.at(run, horizon_); });
  };
  design.anyway = sampling_.quotient(at_horizon(*after_baseline_), at_horizon(*after_));
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

DesignAnswer Answering::across(std::size_t scenario) const {
  DesignAnswer design = of(scenario, Sampling::all_theories);
  design.gain_judged.verdict = verdict_of_all(answer_.verdicts_on(scenario));
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

/// The numbers that are not known under a theory, and their values over the points.
struct Unknown {
  std::vector<std::string> numbers;
  std::vector<std::vector<double>> values;  //!< [number][point]
};

Unknown unknown_under(ResultData& data, std::size_t theory) {
  const hdf5::Group& root = data.root();
  Unknown unknown;
  if (data.runs().points() < 2 || !root.has("parameter")) return unknown;
  const auto names = root.variable("parameter").along({"parameter"}).read<std::string>();
  // places in the unit cube rank as values do
  const std::string by_theory = "parameters/unit_cube_by_theory";
  const std::vector<double> cube =
      root.has(by_theory)
          ? root.variable(by_theory)
                .along({"alternative", "point", "parameter"})
                .read<double>(theory, 1)
          : root.variable("parameters/unit_cube").along({"point", "parameter"}).read<double>();
  for (std::size_t n = 0; n < names.size(); ++n) {
    std::vector<double> values;
    for (std::size_t i = n; i < cube.size(); i += names.size()) values.push_back(cube[i]);
    if (std::ranges::all_of(values, [](double x) { return std::isnan(x); })) continue;
    unknown.numbers.push_back(names[n]);
    unknown.values.push_back(std::move(values));
  }
  return unknown;
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
  answer.anyway_after_payment = root.has("strata/adopted_after_payment");
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

  Merits merits(answer.scenarios.size());
  for (std::size_t theory = 0; theory < answer.theories.size(); ++theory) {
    answer.designs.emplace_back();
    const Unknown unknown = unknown_under(data, theory);
    answer.effect_bound.push_back(bonferroni_bound(answer.points, unknown.numbers.size()));
    for (std::size_t s = 0; s < answer.scenarios.size(); ++s) {
      answer.designs.back().push_back(answering.of(s, theory));
      if (s == against) continue;
      merits[s].push_back(answering.merit(s, theory));
      if (!unknown.numbers.empty() && merits[s].back().size() == answer.points)
        answer.designs.back().back().effects =
            effects_on(answer.designs.back().back().gains, unknown.numbers, unknown.values);
    }
  }
  if (answer.theories.size() > 1 && answer.by_points())
    for (std::size_t s = 0; s < answer.scenarios.size(); ++s)
      answer.across.push_back(answering.across(s));
  settle_duels(Sampling(data.runs()), merits, answer);
  return answer;
}

}  // namespace rathaus::analysis
