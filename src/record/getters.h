// How a variable is got from a run: what the list of variables is written with.
#pragma once

#include <algorithm>
#include <limits>
#include <optional>

#include "model/concentration.h"
#include "model/funding.h"
#include "model/indicators.h"
#include "record/axes.h"
#include "record/variables.h"

namespace rathaus::record {

using Get = std::function<Values(const RunView&, const Columns&)>;

/// One number of each run.
template <class T, class Of>
Get one(Of of) {
  return [of](const RunView& v, const Columns&) -> Values {
    return std::vector<T>{static_cast<T>(of(v.run))};
  };
}

// What lies there in the shape and type that it has in the file.
template <class T>
Get from(std::vector<T> model::Outcome::*values) {
  return [values](const RunView& v, const Columns&) -> Values { return v.run.outcome.*values; };
}
template <class T>
Get from(std::vector<T> study::Pairing::*values) {
  return [values](const RunView& v, const Columns&) -> Values { return v.run.pairing.*values; };
}
/// Nothing of a run without a panel.
template <class T>
Get from(std::vector<T> study::Panel::*values) {
  return [values](const RunView& v, const Columns&) -> Values {
    return v.run.panel ? *v.run.panel.*values : std::vector<T>{};
  };
}

inline Values world_of_run(const RunView& v, const Columns&) {
  return std::vector<std::int32_t>{static_cast<std::int32_t>(study::world_of(v.study, v.run.id))};
}

inline Values units_of_class(const RunView& v, const Columns& c) {
  std::vector<std::int32_t> units(c.count, 0);
  for (std::uint32_t i = 0; i < v.world.units; ++i) ++units[c.grouping->class_of[i]];
  return units;
}

inline Values inhabitants_of_class(const RunView& v, const Columns& c) {
  std::vector<std::int64_t> inhabitants(c.count, 0);
  for (std::uint32_t i = 0; i < v.world.units; ++i)
    inhabitants[c.grouping->class_of[i]] += v.world.municipalities.population[i];
  return inhabitants;
}

/// The sums over classes of one indicator, [quarter][class].
inline Get indicator(std::size_t i) {
  return [i](const RunView& v, const Columns& c) {
    std::vector<std::int64_t> counts;
    counts.reserve(v.world.quarters * c.count);
    for (std::size_t row = c.first; row < v.run.outcome.rows.size(); row += c.all)
      for (std::size_t k = 0; k < c.count; ++k)
        counts.push_back(v.run.outcome.rows[row + k].value[i]);
    const model::IndicatorInfo& info = model::indicator_infos()[i];
    return in_units(std::move(counts),
                    info.storage == model::Storage::int32   ? hdf5::Type::int32
                    : info.storage == model::Storage::int64 ? hdf5::Type::int64
                                                            : hdf5::Type::float64,
                    info.one);
  };
}

/// [quarter][step][constraint][class]
inline Values blocked(const RunView& v, const Columns& c) {
  std::vector<std::int32_t> counts;
  for (std::size_t row = c.first; row < v.run.outcome.rows.size(); row += c.all)
    for (std::size_t b = 0; b < model::blocked_count; ++b)
      for (std::size_t k = 0; k < c.count; ++k)
        counts.push_back(static_cast<std::int32_t>(v.run.outcome.rows[row + k].blocked[b]));
  return counts;
}

/// [quarter][constraint][class]
inline Values ever_short(const RunView& v, const Columns& c) {
  std::vector<std::int32_t> units;
  for (std::size_t row = c.first; row < v.run.outcome.rows.size(); row += c.all)
    for (std::size_t what = 0; what < model::constraint_names.size(); ++what)
      for (std::size_t k = 0; k < c.count; ++k)
        units.push_back(static_cast<std::int32_t>(v.run.outcome.rows[row + k].ever_short[what]));
  return units;
}

/// Where the programmes of the study stand in the scenario of a run; empty if it has not got one.
inline std::vector<std::optional<std::size_t>> places_in_scenario(const RunView& v) {
  const std::vector<model::Programme>& own = v.study.scenarios[v.run.scenario].programmes;
  std::vector<std::optional<std::size_t>> places;
  for (const std::string& name : programme_names(v.study)) {
    const auto found = std::ranges::find(own, name, &model::Programme::name);
    places.push_back(found == own.end()
                         ? std::nullopt
                         : std::optional(static_cast<std::size_t>(found - own.begin())));
  }
  return places;
}

/// One count of reach, [quarter][programme][class]; 0 where the scenario has no such programme.
inline Get reach(std::size_t count) {
  return [count](const RunView& v, const Columns& c) -> Values {
    const std::size_t programmes = v.study.scenarios[v.run.scenario].programmes.size();
    const auto places = places_in_scenario(v);
    std::vector<std::int32_t> units;
    for (std::size_t t = 0; t < v.world.quarters; ++t)
      for (const std::optional<std::size_t>& k : places)
        for (std::size_t x = c.first; x < c.first + c.count; ++x)
          units.push_back(
              k ? v.run.outcome
                      .reach[((t * programmes + *k) * model::reach_names.size() + count) * c.all +
                             x]
                : 0);
    return units;
  };
}

/// What is told of support without a price: neither a pot nor grants.
enum class Priceless : std::uint8_t { zero, missing };

/// One column of the pots in EUR, [quarter][programme].
inline Get pot(model::Cents model::PotRecord::*column, Priceless priceless) {
  return [column, priceless](const RunView& v, const Columns&) -> Values {
    const std::vector<model::Programme>& own = v.study.scenarios[v.run.scenario].programmes;
    const auto places = places_in_scenario(v);
    std::vector<double> money;
    for (std::size_t t = 0; t < v.world.quarters; ++t)
      for (const std::optional<std::size_t>& k : places) {
        const bool free =
            k && own[*k].budget.kind == model::BudgetKind::unlimited && !own[*k].gives_grants();
        const model::Cents cents = k ? v.run.outcome.pots[t * own.size() + *k].*column : 0;
        money.push_back(free && priceless == Priceless::missing
                            ? std::numeric_limits<double>::quiet_NaN()
                            : static_cast<double>(cents) / 100.0);
      }
    return money;
  };
}

/// What running the programmes cost their funders, in EUR; missing where a programme does not say.
inline Values administration(const RunView& v, const Columns&) {
  const std::vector<model::Programme>& own = v.study.scenarios[v.run.scenario].programmes;
  const auto places = places_in_scenario(v);
  std::vector<double> money;
  for (std::size_t t = 0; t < v.world.quarters; ++t)
    for (const std::optional<std::size_t>& k : places)
      money.push_back(
          !k ? 0.0
          : !own[*k].funder_cost
              ? std::numeric_limits<double>::quiet_NaN()
              : static_cast<double>(v.run.outcome.pots[t * own.size() + *k].administration) /
                    100.0);
  return money;
}

/// One count of the pots, [quarter][programme].
inline Get counted(std::int32_t model::PotRecord::*column) {
  return [column](const RunView& v, const Columns&) -> Values {
    const std::size_t own = v.study.scenarios[v.run.scenario].programmes.size();
    const auto places = places_in_scenario(v);
    std::vector<std::int32_t> counts;
    for (std::size_t t = 0; t < v.world.quarters; ++t)
      for (const std::optional<std::size_t>& k : places)
        counts.push_back(k ? v.run.outcome.pots[t * own + *k].*column : 0);
    return counts;
  };
}

/// [horizon][stratum][class] of a table whose rows hold the classes of both groupings.
template <class T>
Get columns_of(std::vector<T> study::Pairing::*table, hdf5::Type type, double quantum) {
  return [=](const RunView& v, const Columns& c) {
    const std::vector<T>& all = v.run.pairing.*table;
    std::vector<std::int64_t> part;
    for (std::size_t row = 0; row < all.size(); row += c.all)
      for (std::size_t x = c.first; x < c.first + c.count; ++x) part.push_back(all[row + x]);
    return in_units(std::move(part), type, quantum);
  };
}

/// [horizon][programme][stratum]
inline Values paid_by_programme(const RunView& v, const Columns&) {
  const std::size_t programmes = v.study.scenarios[v.run.scenario].programmes.size();
  constexpr std::size_t strata = study::stratum_names.size();
  const auto places = places_in_scenario(v);
  std::vector<std::int32_t> units;
  for (std::size_t h = 0; h < v.run.pairing.funded_quarters.size(); ++h)
    for (const std::optional<std::size_t>& k : places)
      for (std::size_t s = 0; s < strata; ++s)
        units.push_back(k ? v.run.pairing.by_programme[(h * programmes + *k) * strata + s] : 0);
  return units;
}

}  // namespace rathaus::record
