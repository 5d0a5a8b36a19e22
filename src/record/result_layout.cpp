#include "record/result_layout.h"

#include <fmt/format.h>

#include "record/result_tables.h"
#include "study/panel.h"

namespace rathaus::record {
namespace {

using hdf5::Description;
using hdf5::Group;
using hdf5::Type;
using hdf5::Variable;

template <class Array>
std::vector<std::string> labels(const Array& names) {
  return {names.begin(), names.end()};
}

Type type_of(model::Storage storage) {
  switch (storage) {
    case model::Storage::int32:
      return Type::int32;
    case model::Storage::int64:
      return Type::int64;
    case model::Storage::float64:
      return Type::float64;
  }
  return Type::float64;
}

std::string variable_name(std::string_view indicator, const model::Grouping& grouping) {
  if (grouping.name == "size_class") return std::string(indicator);
  return fmt::format("{}_by_{}", indicator, grouping.name);
}

std::vector<std::string> vendor_labels(const std::vector<model::Vendor>& vendors) {
  std::vector<std::string> names;
  for (std::size_t v = 0; v < vendors.size(); ++v) {
    std::size_t nth = 1;
    for (std::size_t w = 0; w < v; ++w) nth += vendors[w].archetype == vendors[v].archetype;
    names.push_back(fmt::format("{} {}", vendors[v].archetype, nth));
  }
  return names;
}

/// Dimensions and the variables that grow with the runs.
class Layout {
 public:
  Layout(Group& root, const study::Study& study, const model::World& world)
      : root_(root), study_(study), world_(world) {}

  void define_dimensions();
  void define_variables();
  void define_first_operation();
  void define_panel();

  Columns take() { return std::move(columns_); }

 private:
  Group& root_;
  const study::Study& study_;
  const model::World& world_;
  Columns columns_;
};

void Layout::define_dimensions() {
  columns_.run_index.push_back(root_.unlimited_dimension(
      "run", {.units = "1", .long_name = "completed runs"},
      study::case_count(study_) * study_.scenarios.size() * (study_.output.fixed_demand ? 2 : 1)));
  root_.dimension("quarter", world_.quarters,
                  {.units = "1", .long_name = "quarter of the run; values hold after it"});
  for (const model::Grouping& grouping : world_.groupings)
    root_.dimension(grouping.name, grouping.labels, "class of units, fixed at the start");
  std::vector<std::string> use_cases;
  for (const model::UseCase& u : world_.rules.use_cases) use_cases.push_back(u.name);
  root_.dimension("use_case", use_cases, "service that AI can take part in");
  root_.dimension("stage", labels(model::stage_names), "stage of the funnel");
  root_.dimension("step", labels(model::step_names), "what was attempted");
  root_.dimension("constraint", labels(model::constraint_names), "what stood in the way");
  root_.dimension("vendor", vendor_labels(world_.vendor), "vendor slot");
  root_.dimension("tenure", labels(model::tenure_names), "age of the service in years");
  std::vector<std::string> scenarios;
  for (const study::Scenario& scenario : study_.scenarios) scenarios.push_back(scenario.name);
  root_.dimension("scenario", scenarios, "scenario");
  std::vector<std::string> alternatives, uncertain;
  for (const study::Alternative& alternative : study_.alternatives)
    alternatives.push_back(alternative.name);
  root_.dimension("alternative", alternatives, "rival theory");
  root_.dimension("point", std::size_t{study_.design.points},
                  {.units = "1", .long_name = "point of the design"});
  for (const study::Uncertain& number : study_.uncertain) uncertain.push_back(number.path);
  if (!uncertain.empty()) root_.dimension("parameter", uncertain, "number that is not known");
  root_.dimension("unit", world_.units, {.units = "1", .long_name = "municipal unit"});

  std::vector<std::string> quarter_labels;
  for (std::uint32_t t = 0; t < world_.quarters; ++t)
    quarter_labels.push_back(
        model::CalendarQuarter::from_index(study_.start.index() + static_cast<std::int32_t>(t))
            .text());
  root_.variable<std::string>("quarter_label", {"quarter"}, {.long_name = "calendar quarter"})
      .write(quarter_labels);
}

void Layout::define_variables() {
  const auto index = [&](const char* name, Type type, const char* long_name,
                         const char* units = "1") {
    columns_.run_index.push_back(
        root_.variable(name, type, {"run"}, {.units = units, .long_name = long_name}));
  };
  index("run_scenario", Type::int16, "index of the scenario");
  index("run_alternative", Type::int16, "index of the rival theory");
  index("run_point", Type::int32, "index of the design point");
  index("run_replicate", Type::int32, "number of the replicate");
  index("run_fixed_demand", Type::int8, "1: twin run with demand held fixed");
  index("run_wall_time", Type::float32, "time the run took", "s");

  for (const model::Grouping& grouping : world_.groupings) {
    const bool main = grouping.name == "size_class";
    std::vector<std::int32_t> units(grouping.labels.size(), 0);
    std::vector<std::int64_t> inhabitants(grouping.labels.size(), 0);
    for (std::uint32_t i = 0; i < world_.units; ++i) {
      ++units[grouping.class_of[i]];
      inhabitants[grouping.class_of[i]] += world_.municipalities.population[i];
    }
    const std::string suffix = main ? "" : "_by_" + grouping.name;
    root_
        .variable<std::int32_t>("units" + suffix, {grouping.name},
                                {.units = "1", .long_name = "units of the class"})
        .write(units);
    root_
        .variable<std::int64_t>("inhabitants" + suffix, {grouping.name},
                                {.units = "1", .long_name = "inhabitants of the class"})
        .write(inhabitants);
    for (const model::IndicatorInfo& info : model::indicator_infos())
      columns_.by_class.push_back(root_.variable(
          variable_name(info.name, grouping), type_of(info.storage),
          {"run", "quarter", grouping.name},
          {.units = std::string(info.units), .long_name = std::string(info.long_name)}));
    columns_.blocked.push_back(root_.variable<std::int32_t>(
        variable_name("blocked", grouping), {"run", "quarter", "step", "constraint", grouping.name},
        {.units = "1", .long_name = "attempts that ended without success, by violated condition"}));
  }

  const auto by_quarter = [&](const char* name, Type type, const char* dimension,
                              const char* long_name) {
    std::vector<std::string> dimensions{"run", "quarter"};
    if (*dimension != '\0') dimensions.emplace_back(dimension);
    columns_.by_quarter.push_back(
        root_.variable(name, type, dimensions, {.units = "1", .long_name = long_name}));
  };
  columns_.by_quarter.push_back(root_.variable<std::int32_t>(
      "services", {"run", "quarter", "use_case", "stage"},
      {.units = "1", .long_name = "cells in each stage; they sum to units x use cases"}));
  by_quarter("contracts_renewed", Type::int32, "tenure", "contracts renewed with the same vendor");
  by_quarter("contracts_switched", Type::int32, "tenure", "contracts moved to another vendor");
  by_quarter("vendor_base", Type::int32, "vendor", "installed base, pilots included");
  by_quarter("vendor_price", Type::float32, "vendor", "list price, relative");
  by_quarter("hhi_national", Type::float32, "", "Herfindahl index of the installed base");
  by_quarter("hhi_local", Type::float32, "", "mean Herfindahl index of the regions, by base");
  by_quarter("morans_i", Type::float32, "", "Moran's I of adoption over geographic neighbours");
}

void Layout::define_first_operation() {
  columns_.first_operation.push_back(
      root_.group("municipalities")
          .variable<std::int16_t>(
              "first_operation", {"run", "unit"},
              {.units = "1", .long_name = "quarter of the first service in operation, -1 never"}));
}

void Layout::define_panel() {
  const std::vector<std::int32_t> quarters =
      study::panel_quarters(*study_.output.panel, world_.quarters);
  Group group = root_.group("panel");
  columns_.panel.push_back(group.unlimited_dimension(
      "panel_run", {.units = "1", .long_name = "run recorded unit by unit"},
      study_.output.panel->replicates.size() * study_.scenarios.size() *
          study_.alternatives.size() * study_.design.points));
  group.dimension("panel_quarter", quarters.size(),
                  {.units = "1", .long_name = "recorded quarter"});
  group
      .variable<std::int32_t>("panel_quarter_index", {"panel_quarter"},
                              {.units = "1", .long_name = "quarter of the run that is recorded"})
      .write(quarters);
  const std::vector<std::string> per_cell{"panel_run", "panel_quarter", "unit", "use_case"};
  const std::vector<std::string> per_unit{"panel_run", "panel_quarter", "unit"};
  columns_.panel.push_back(group.variable<std::int8_t>(
      "cell_stage", per_cell,
      {.long_name = "stage of the funnel", .flags = labels(model::stage_names)}));
  columns_.panel.push_back(group.variable<std::int16_t>(
      "cell_vendor", per_cell, {.units = "1", .long_name = "vendor slot, -1 none"}));
  columns_.panel.push_back(
      group.variable<float>("cell_lock_in", per_cell, {.units = "1", .long_name = "lock-in"}));
  columns_.panel.push_back(
      group.variable<float>("cell_maturity", per_cell, {.units = "1", .long_name = "maturity"}));
  columns_.panel.push_back(
      group.variable<double>("reserve", per_unit, {.units = "EUR", .long_name = "free reserve"}));
  columns_.panel.push_back(
      group.variable<double>("staff", per_unit, {.units = "FTE", .long_name = "qualified staff"}));
  columns_.panel.push_back(
      group.variable<double>("data", per_unit, {.units = "1", .long_name = "data readiness"}));
  columns_.panel.push_back(
      group.variable<double>("trust", per_unit, {.units = "1", .long_name = "trust"}));
}

}  // namespace

Columns define_layout(Group root, const study::Study& study, const model::World& world,
                      const BuildInfo& build) {
  write_attributes(root, study, world, build);
  Layout layout(root, study, world);
  layout.define_dimensions();
  layout.define_variables();
  write_municipalities(root, world);
  write_parameters(root, study);
  write_vendors(root, world);
  write_targets(root, study);
  write_provenance(root, study, build);
  if (study.output.first_operation) layout.define_first_operation();
  if (study.output.panel) layout.define_panel();
  return layout.take();
}

}  // namespace rathaus::record
