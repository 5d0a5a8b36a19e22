// What a run leaves behind, row by row.
#include <array>

#include "record/getters.h"
#include "record/variables.h"

namespace rathaus::record {
namespace {

using hdf5::Type;
using model::Outcome;
using study::Pairing;
using study::Panel;
using study::RunRecord;
using enum Tells;

constexpr auto whole = Classes::none, by_class = Classes::groupings,
               by_both = Classes::size_and_fiscal;

Type type_of(model::Storage storage) {
  return storage == model::Storage::int32   ? Type::int32
         : storage == model::Storage::int64 ? Type::int64
                                            : Type::float64;
}

constexpr std::array<const char*, model::reach_names.size()> reach_meanings{
    "units that were eligible in an open quarter so far",
    "of these, units with a supported use case that is known to them",
    "units that applied, drew on an entitlement or were supported so far",
    "units with an accepted application or support so far",
    "units with an accepted application for what they would have begun on their own",
    "units with a refused application so far",
    "units that postponed a launch because a call was announced",
    "awarded units that have run a service since their first award",
    "awarded units that ran a service five years after their first award"};

/// What adds up over quarters is a flow.
Tells tells(model::Indicator indicator) {
  using enum model::Indicator;
  switch (indicator) {
    case adopters:
    case adopter_inhabitants:
    case adopters_any:
    case units_offered:
    case cells_offered:
    case services_common:
    case services_running:
    case reserve:
    case staff:
    case staff_posts:
    case staff_freed:
    case data_readiness:
    case trust:
    case lock_in:
      return Tells::state;
    default:
      return Tells::flow;
  }
}

Definition row(const char* name, std::vector<std::string> axes, Classes classes, Type type,
               const char* units, const char* long_name, Tells tells, Held held, Get get,
               const char* flags = "", int first_flag = 0) {
  return {name, std::move(axes), classes, type,      units, long_name, tells,
          held, std::move(get),  flags,   first_flag};
}

std::vector<Definition> make_definitions() {
  std::vector<Definition> all{
      row("run_scenario", {}, whole, Type::int16, "1", "index of the scenario", no_quarter,
          Held::index, one<std::int16_t>([](const RunRecord& r) { return r.scenario; })),
      row("run_alternative", {}, whole, Type::int16, "1", "index of the rival theory", no_quarter,
          Held::index, one<std::int16_t>([](const RunRecord& r) { return r.id.alternative; })),
      row("run_point", {}, whole, Type::int32, "1", "index of the design point", no_quarter,
          Held::index, one<std::int32_t>([](const RunRecord& r) { return r.id.point; })),
      row("run_replicate", {}, whole, Type::int32, "1", "number of the replicate", no_quarter,
          Held::index, one<std::int32_t>([](const RunRecord& r) { return r.id.replicate; })),
      row("run_fixed_demand", {}, whole, Type::int8, "1", "1: twin run with demand held fixed",
          no_quarter, Held::index,
          one<std::int8_t>([](const RunRecord& r) { return r.fixed_demand; })),
      row("run_wall_time", {}, whole, Type::float32, "s", "time the run took", no_quarter,
          Held::index, one<float>([](const RunRecord& r) { return r.wall_time; })),
      row("units", {}, by_class, Type::int32, "1", "units of the class", no_quarter, Held::world,
          units_of_class),
      row("inhabitants", {}, by_class, Type::int64, "1", "inhabitants of the class", no_quarter,
          Held::world, inhabitants_of_class),
      row("run_world", {}, whole, Type::int32, "1", "number of the drawn world", no_quarter,
          Held::redrawn, world_of_run),
      row("run_units", {}, by_class, Type::int32, "1", "units of the class in the run's world",
          no_quarter, Held::redrawn, units_of_class),
      row("run_inhabitants", {}, by_class, Type::int64, "1",
          "inhabitants of the class in the run's world", no_quarter, Held::redrawn,
          inhabitants_of_class),
  };
  for (std::size_t i = 0; i < model::indicator_count; ++i) {
    const model::IndicatorInfo& info = model::indicator_infos()[i];
    all.push_back({std::string(info.name),
                   {"quarter"},
                   by_class,
                   type_of(info.storage),
                   std::string(info.units),
                   std::string(info.long_name),
                   tells(static_cast<model::Indicator>(i)),
                   Held::always,
                   indicator(i)});
  }
  const std::vector<Definition> more{
      row("blocked", {"quarter", "step", "constraint"}, by_class, Type::int32, "1",
          "attempts that ended without success, by violated condition", flow, Held::always,
          blocked),
      row("ever_short", {"quarter", "constraint"}, by_class, Type::int32, "1",
          "units with an attempt that ended for lack of this, since the results began", state,
          Held::always, ever_short),
      row("services", {"quarter", "use_case", "stage"}, whole, Type::int32, "1",
          "cells in each stage; they sum to units x use cases", state, Held::always,
          from(&Outcome::services)),
      row("pilots_ended", {"quarter", "use_case", "ending"}, whole, Type::int32, "1",
          "pilots that ended, by how", flow, Held::always, from(&Outcome::pilots_ended)),
      row("contracts_renewed", {"quarter", "tenure"}, whole, Type::int32, "1",
          "contracts renewed with the same vendor", flow, Held::always,
          from(&Outcome::contracts_renewed)),
      row("contracts_switched", {"quarter", "tenure"}, whole, Type::int32, "1",
          "contracts moved to another vendor", flow, Held::always,
          from(&Outcome::contracts_switched)),
      row("contracts_tendered", {"quarter", "tenure"}, whole, Type::int32, "1",
          "contracts that were put to the market at their end", flow, Held::always,
          from(&Outcome::contracts_tendered)),
      row("vendor_base", {"quarter", "vendor"}, whole, Type::int32, "1",
          "installed base, pilots included", state, Held::always, from(&Outcome::vendor_base)),
      row("vendor_price", {"quarter", "vendor"}, whole, Type::float32, "1", "list price, relative",
          state, Held::always, from(&Outcome::vendor_price)),
  };
  all.insert(all.end(), more.begin(), more.end());
  for (std::size_t i = 0; i < model::index_infos().size(); ++i) {
    const model::IndexInfo& info = model::index_infos()[i];
    all.push_back(
        {std::string(info.name),
         {"quarter"},
         whole,
         Type::float32,
         "1",
         std::string(info.long_name),
         state,
         Held::always,
         [i](const RunView& v, const Columns&) -> Values { return v.run.outcome.indices[i]; }});
  }
  all.push_back({"municipalities/first_operation",
                 {"unit"},
                 whole,
                 Type::int16,
                 "1",
                 "quarter of the first service in operation, -1 never, 0 where one ran before",
                 no_quarter,
                 Held::first_operation,
                 from(&Outcome::first_operation)});
  all.push_back({"municipalities/operated_before",
                 {"unit"},
                 whole,
                 Type::int8,
                 "1",
                 "1: ran a service before the results begin",
                 no_quarter,
                 Held::first_operation,
                 from(&Outcome::operated_before)});

  for (std::size_t c = 0; c < model::reach_names.size(); ++c)
    all.push_back({std::string("programmes/") + model::reach_names[c],
                   {"quarter", "programme"},
                   by_both,
                   Type::int32,
                   "1",
                   reach_meanings[c],
                   state,
                   Held::programmes,
                   reach(c)});
  const std::vector<Definition> support{
      row("programmes/refilled", {"quarter", "programme"}, whole, Type::float64, "EUR",
          "money put into the pot; missing where support has no price", flow, Held::programmes,
          pot(&model::PotRecord::refilled, Priceless::missing)),
      row("programmes/paid", {"quarter", "programme"}, whole, Type::float64, "EUR",
          "grants and payments for support; missing where support has no price", flow,
          Held::programmes, pot(&model::PotRecord::paid, Priceless::missing)),
      row("programmes/requested", {"quarter", "programme"}, whole, Type::float64, "EUR",
          "grants that were applied for, and payments for support; missing where support has no "
          "price",
          flow, Held::programmes, pot(&model::PotRecord::requested, Priceless::missing)),
      row("programmes/granted", {"quarter", "programme"}, whole, Type::float64, "EUR",
          "grants that were awarded, and payments for support; an award that finds no vendor is "
          "not paid; missing where support has no price",
          flow, Held::programmes, pot(&model::PotRecord::granted, Priceless::missing)),
      row("programmes/applications", {"quarter", "programme"}, whole, Type::int32, "1",
          "applications", flow, Held::programmes, counted(&model::PotRecord::applications)),
      row("programmes/awards", {"quarter", "programme"}, whole, Type::int32, "1",
          "applications that were accepted", flow, Held::programmes,
          counted(&model::PotRecord::awards)),
      row("programmes/administration", {"quarter", "programme"}, whole, Type::float64, "EUR",
          "what running the programme costs its funder; missing where funder_cost is not given",
          flow, Held::programmes, administration),
      row("programmes/returned", {"quarter", "programme"}, whole, Type::float64, "EUR",
          "money that lapsed at a refill", flow, Held::programmes,
          pot(&model::PotRecord::returned, Priceless::zero)),
      row("programmes/remaining", {"quarter", "programme"}, whole, Type::float64, "EUR",
          "money in the pot at the end of the quarter", state, Held::programmes,
          pot(&model::PotRecord::remaining, Priceless::zero)),
      row("strata/count", {"horizon", "stratum"}, by_both, Type::int32, "1", "units", no_quarter,
          Held::pairs, columns_of(&Pairing::count, Type::int32, 1.0)),
      row("strata/amount", {"horizon", "stratum"}, by_both, Type::float64, "EUR",
          "support that they got", no_quarter, Held::pairs,
          columns_of(&Pairing::amount, Type::float64, 0.01)),
      row("strata/funded_quarters", {"horizon"}, whole, Type::int64, "1",
          "unit-quarters with a service, of funded units since their first payment", no_quarter,
          Held::pairs, from(&Pairing::funded_quarters)),
      row("strata/funded_quarters_baseline", {"horizon"}, whole, Type::int64, "1",
          "the same units and quarters in the baseline", no_quarter, Held::pairs,
          from(&Pairing::funded_quarters_baseline)),
      row("strata/accelerated_quarters", {"horizon"}, whole, Type::int64, "1",
          "quarters by which accelerated units are earlier", no_quarter, Held::pairs,
          from(&Pairing::accelerated_quarters)),
      row("strata/adopted_after_payment", {"horizon"}, whole, Type::int64, "1",
          "units with a service three years after their first payment, where that is before the "
          "horizon",
          no_quarter, Held::pairs, from(&Pairing::adopted_after_payment)),
      row("strata/adopted_after_payment_baseline", {"horizon"}, whole, Type::int64, "1",
          "of these, units with a service in the baseline then, too", no_quarter, Held::pairs,
          from(&Pairing::adopted_after_payment_baseline)),
      row("strata/quarters_gained", {"horizon"}, whole, Type::int64, "1",
          "unit-quarters with a service here and not in the baseline", no_quarter, Held::pairs,
          from(&Pairing::quarters_gained)),
      row("strata/quarters_lost", {"horizon"}, whole, Type::int64, "1",
          "unit-quarters with a service in the baseline and not here", no_quarter, Held::pairs,
          from(&Pairing::quarters_lost)),
      row("strata/concentration_index", {"horizon"}, whole, Type::float64, "1",
          "of support per head over fiscal strength; below 0 the weak get more", no_quarter,
          Held::pairs, from(&Pairing::concentration_index)),
      row("strata/count_by_programme", {"horizon", "programme", "stratum"}, whole, Type::int32, "1",
          "units that the programme paid", no_quarter, Held::pairs, paid_by_programme),
      row("panel/cell_stage", {"panel_quarter", "unit", "use_case"}, whole, Type::int8, "",
          "stage of the funnel", state, Held::panel, from(&Panel::stage), "stage"),
      row("panel/cell_vendor", {"panel_quarter", "unit", "use_case"}, whole, Type::int16, "1",
          "vendor slot, -1 none", state, Held::panel, from(&Panel::vendor), "vendor", -1),
      row("panel/cell_lock_in", {"panel_quarter", "unit", "use_case"}, whole, Type::float32, "1",
          "lock-in", state, Held::panel, from(&Panel::lock_in)),
      row("panel/cell_maturity", {"panel_quarter", "unit", "use_case"}, whole, Type::float32, "1",
          "maturity", state, Held::panel, from(&Panel::maturity)),
      row("panel/cell_offered", {"panel_quarter", "unit", "use_case"}, whole, Type::int8, "1",
          "1: the IT-provider group of the unit offers the use case", state, Held::panel,
          from(&Panel::offered)),
      row("panel/reserve", {"panel_quarter", "unit"}, whole, Type::float64, "EUR", "free reserve",
          state, Held::panel, from(&Panel::reserve)),
      row("panel/staff", {"panel_quarter", "unit"}, whole, Type::float64, "FTE", "qualified staff",
          state, Held::panel, from(&Panel::staff)),
      row("panel/data", {"panel_quarter", "unit"}, whole, Type::float64, "1", "data readiness",
          state, Held::panel, from(&Panel::data)),
      row("panel/trust", {"panel_quarter", "unit"}, whole, Type::float64, "1", "trust", state,
          Held::panel, from(&Panel::trust)),
  };
  all.insert(all.end(), support.begin(), support.end());
  return all;
}

}  // namespace

std::span<const Definition> definitions() {
  static const std::vector<Definition> all = make_definitions();
  return all;
}

}  // namespace rathaus::record
