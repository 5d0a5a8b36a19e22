#include "patterns/recording.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "model/funding.h"
#include "model/indicators.h"
#include "record/support_tables.h"

namespace rathaus::patterns {
namespace {

using study::RunRecord;

template <class Names>
Axis axis(const char* name, const Names& labels) {
  return {name, {labels.begin(), labels.end()}, labels.size()};
}

Axis quarter_axis(std::size_t quarters) {
  return {"quarter", {}, quarters};
}

template <class Values>
std::vector<double> as_doubles(const Values& values) {
  return {values.begin(), values.end()};
}

/// "adopters_by_land" is adopters over the grouping land; size classes bear no suffix.
struct Grouped {
  std::string_view name;
  const model::Grouping* grouping = nullptr;
  std::size_t first_row = 0, rows = 0;  //!< of all groupings
};

Grouped grouped(const model::World& world, std::string_view variable) {
  Grouped found{variable, nullptr, 0, 0};
  for (const model::Grouping& grouping : world.groupings) {
    const std::string suffix = grouping.name == "size_class" ? "" : "_by_" + grouping.name;
    const bool fits = suffix.empty() ? variable.find("_by_") == std::string_view::npos
                                     : variable.ends_with(suffix);
    if (fits) {
      found.name = variable.substr(0, variable.size() - suffix.size());
      found.grouping = &grouping;
      found.first_row = found.rows;
    }
    found.rows += grouping.labels.size();
  }
  return found;
}

Recorded of_units(const model::World& world, const Grouped& g) {
  Recorded r{{axis(g.grouping->name.c_str(), g.grouping->labels)},
             std::vector<double>(g.grouping->labels.size(), 0.0)};
  const bool heads = g.name == "inhabitants";
  for (std::uint32_t i = 0; i < world.units; ++i)
    r.values[g.grouping->class_of[i]] += heads ? world.municipalities.population[i] : 1;
  return r;
}

Recorded of_indicator(const model::Outcome& outcome, const Grouped& g, std::size_t quarters) {
  const auto infos = model::indicator_infos();
  const auto info = std::ranges::find(infos, g.name, &model::IndicatorInfo::name);
  if (info == infos.end()) return {};
  const auto i = static_cast<std::size_t>(info - infos.begin());
  Recorded r{{quarter_axis(quarters), axis(g.grouping->name.c_str(), g.grouping->labels)}, {}};
  for (std::size_t t = 0; t < quarters; ++t)
    for (std::size_t c = 0; c < g.grouping->labels.size(); ++c)
      r.values.push_back(static_cast<double>(outcome.rows[t * g.rows + g.first_row + c].value[i]) *
                         info->one);
  return r;
}

Recorded of_blocked(const model::Outcome& outcome, const Grouped& g, std::size_t quarters) {
  Recorded r{{quarter_axis(quarters), axis("step", model::step_names),
              axis("constraint", model::constraint_names),
              axis(g.grouping->name.c_str(), g.grouping->labels)},
             {}};
  for (std::size_t t = 0; t < quarters; ++t)
    for (std::size_t b = 0; b < model::blocked_count; ++b)
      for (std::size_t c = 0; c < g.grouping->labels.size(); ++c)
        r.values.push_back(
            static_cast<double>(outcome.rows[t * g.rows + g.first_row + c].blocked[b]));
  return r;
}

Recorded of_services(const model::World& world, const model::Outcome& outcome) {
  std::vector<std::string> use_cases;
  for (const model::UseCase& u : world.rules.use_cases) use_cases.push_back(u.name);
  return {{quarter_axis(world.quarters), axis("use_case", use_cases),
           axis("stage", model::stage_names)},
          as_doubles(outcome.services)};
}

/// Reach and strata lie as [rows][size classes, then fiscal classes]: the columns of one of them.
struct ByClasses {
  std::string_view name;
  Axis classes;
  std::size_t first;
};

ByClasses by_classes(std::string_view variable) {
  constexpr std::string_view suffix = "_by_fiscal_class";
  if (!variable.ends_with(suffix))
    return {variable, axis("size_class", model::size_class_names), 0};
  return {variable.substr(0, variable.size() - suffix.size()),
          axis("fiscal_class", model::fiscal_class_names), model::size_class_names.size()};
}

void take_columns(const std::vector<std::int32_t>& table, std::size_t row, const ByClasses& b,
                  Recorded& r) {
  for (std::size_t c = 0; c < b.classes.length; ++c)
    r.values.push_back(table[row * model::reach_classes + b.first + c]);
}

/// Over the programmes of all scenarios, as in the file: 0 where this scenario does not run one.
Recorded of_reach(const study::Study& study, std::size_t scenario, const model::Outcome& outcome,
                  std::string_view variable) {
  const ByClasses b = by_classes(variable);
  const auto count = std::ranges::find(model::reach_names, b.name);
  if (count == model::reach_names.end()) return {};
  const auto n = static_cast<std::size_t>(count - model::reach_names.begin());
  const std::vector<std::string> names = record::programme_names(study);
  const auto& own = study.scenarios[scenario].programmes;
  Recorded r{{quarter_axis(study.quarters), axis("programme", names), b.classes}, {}};
  for (std::size_t t = 0; t < study.quarters; ++t)
    for (const std::string& name : names) {
      const auto k = std::ranges::find(own, name, &model::Programme::name);
      if (k == own.end()) {
        r.values.insert(r.values.end(), b.classes.length, 0.0);
        continue;
      }
      const auto programme = static_cast<std::size_t>(k - own.begin());
      take_columns(outcome.reach, (t * own.size() + programme) * model::reach_names.size() + n, b,
                   r);
    }
  return r;
}

Recorded of_strata(const study::Pairing& pairing, std::string_view variable) {
  const ByClasses b = by_classes(variable);
  if (b.name != "count") return {};
  constexpr std::size_t strata = study::stratum_names.size();
  const std::size_t rows = pairing.count.size() / model::reach_classes;
  Recorded r{{{"horizon", {}, rows / strata}, axis("stratum", study::stratum_names), b.classes},
             {}};
  for (std::size_t row = 0; row < rows; ++row) take_columns(pairing.count, row, b, r);
  return r;
}

std::optional<Recorded> of_plain(const model::Outcome& outcome, std::string_view variable,
                                 std::size_t quarters) {
  const auto tenures = axis("tenure", model::tenure_names);
  if (variable == "hhi_national")
    return Recorded{{quarter_axis(quarters)}, as_doubles(outcome.hhi_national)};
  if (variable == "hhi_local")
    return Recorded{{quarter_axis(quarters)}, as_doubles(outcome.hhi_local)};
  if (variable == "morans_i")
    return Recorded{{quarter_axis(quarters)}, as_doubles(outcome.morans_i)};
  if (variable == "contracts_renewed")
    return Recorded{{quarter_axis(quarters), tenures}, as_doubles(outcome.contracts_renewed)};
  if (variable == "contracts_switched")
    return Recorded{{quarter_axis(quarters), tenures}, as_doubles(outcome.contracts_switched)};
  return std::nullopt;
}

}  // namespace

const Recorded* Recording::find(const std::string& scenario, const std::string& variable) {
  const std::string& name = scenario.empty() ? baseline_ : scenario;
  const auto [entry, is_new] = held_.try_emplace({name, variable});
  if (is_new) entry->second = load(name, variable);
  return entry->second.axes.empty() ? nullptr : &entry->second;
}

CaseRecording::CaseRecording(const study::Study& study, const study::Worlds& worlds,
                             const std::vector<RunRecord>& runs)
    : Recording(study.start, study.quarters, study.scenarios[study.baseline].name),
      study_(study),
      worlds_(worlds),
      runs_(runs) {}

Recorded CaseRecording::load(const std::string& scenario, const std::string& variable) {
  for (std::size_t r = 0; r < runs_.size(); ++r) {
    const RunRecord& run = runs_[r];
    if (run.fixed_demand || study_.scenarios[run.scenario].name != scenario) continue;
    const model::World& world = worlds_.world(r);
    if (variable == "services") return of_services(world, run.outcome);
    if (auto plain = of_plain(run.outcome, variable, world.quarters)) return *std::move(plain);
    if (variable.starts_with("strata/")) return of_strata(run.pairing, variable.substr(7));
    if (variable.starts_with("programmes/"))
      return of_reach(study_, run.scenario, run.outcome, variable.substr(11));
    const Grouped g = grouped(world, variable);
    if (g.grouping == nullptr) return {};
    if (g.name == "units" || g.name == "inhabitants") return of_units(world, g);
    if (g.name == "blocked") return of_blocked(run.outcome, g, world.quarters);
    return of_indicator(run.outcome, g, world.quarters);
  }
  return {};
}

}  // namespace rathaus::patterns
