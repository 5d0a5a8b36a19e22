#include "experiment/result_layout.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <sstream>

#include "experiment/panel.h"
#include "population/write.h"
#include "results/file.h"
#include "results/sha256.h"

namespace rathaus::experiment {
namespace {

using results::Description;
using results::Group;
using results::Type;
using results::Variable;

template <class Array>
std::vector<std::string> labels(const Array& names) {
  return {names.begin(), names.end()};
}

Type type_of(model::Storage storage) {
  switch (storage) {
    case model::Storage::int32: return Type::int32;
    case model::Storage::int64: return Type::int64;
    case model::Storage::float64: return Type::float64;
  }
  return Type::float64;
}

std::string variable_name(std::string_view indicator, const model::Grouping& grouping) {
  if (grouping.name == "size_class") return std::string(indicator);
  return fmt::format("{}_by_{}", indicator, grouping.name);
}

std::string utc_now() {
  const auto now = std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
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

/// Builds the layout step by step; everything that does not grow with the runs is written at once.
class Layout {
 public:
  Layout(Group root, const Study& study, const model::World& world)
      : root_(std::move(root)), study_(study), world_(world) {}

  void write_attributes(const BuildInfo& build);
  void define_dimensions();
  void define_variables();
  void write_municipalities();
  void write_parameters();
  void write_vendors();
  void write_provenance(const BuildInfo& build);
  void define_panel();

  Columns take() { return std::move(columns_); }

 private:
  Group root_;
  const Study& study_;
  const model::World& world_;
  Columns columns_;
};

void Layout::write_attributes(const BuildInfo& build) {
  root_.attribute("title", study_.title);
  root_.attribute("question", study_.question);
  root_.attribute("creator", "Rathaus " + build.version);
  root_.attribute("git_sha1", build.git_sha1);
  root_.attribute("date_created", utc_now());
  root_.attribute("experiment_sha256", results::sha256_of(study_.resolved_text));
  std::ostringstream population;
  population::write_csv(population, world_.municipalities, world_.fiscal);
  root_.attribute("population_sha256", results::sha256_of(population.str()));
  root_.attribute("model", study_.model);
  root_.attribute("model_sha256", study_.model_sha256);
  root_.attribute("master_seed", std::to_string(study_.seed));
  root_.attribute("random_scheme", "Philox4x32-10, keyed by event, scheme 1");
}

void Layout::define_dimensions() {
  columns_.run_index.push_back(root_.unlimited_dimension(
      "run", {.units = "1", .long_name = "completed runs"}, study_.replicates));
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
  root_.dimension("scenario", std::vector<std::string>{study_.scenario}, "scenario");
  root_.dimension("alternative", std::vector<std::string>{"default"}, "rival theory");
  root_.dimension("point", std::size_t{1}, {.units = "1", .long_name = "point of the design"});
  root_.dimension("unit", world_.units, {.units = "1", .long_name = "municipal unit"});

  std::vector<std::string> quarter_labels;
  for (std::uint32_t t = 0; t < world_.quarters; ++t)
    quarter_labels.push_back(
        CalendarQuarter::from_index(study_.start.index() + static_cast<std::int32_t>(t)).text());
  root_.variable<std::string>("quarter_label", {"quarter"}, {.long_name = "calendar quarter"})
      .write(quarter_labels);
}

void Layout::define_variables() {
  const auto index = [&](const char* name, Type type, const char* long_name, const char* units = "1") {
    columns_.run_index.push_back(root_.variable(name, type, {"run"}, {.units = units, .long_name = long_name}));
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
    root_.variable<std::int32_t>("units" + suffix, {grouping.name},
                                 {.units = "1", .long_name = "units of the class"}).write(units);
    root_.variable<std::int64_t>("inhabitants" + suffix, {grouping.name},
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
    columns_.by_quarter.push_back(root_.variable(name, type, dimensions, {.units = "1", .long_name = long_name}));
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

void Layout::write_municipalities() {
  const model::Municipalities& m = world_.municipalities;
  Group group = root_.group("municipalities");
  const auto text = [&](const char* name, const char* long_name, auto value_of) {
    std::vector<std::string> values(world_.units);
    for (std::uint32_t i = 0; i < world_.units; ++i) values[i] = value_of(i);
    group.variable<std::string>(name, {"unit"}, {.long_name = long_name}).write(values);
  };
  text("unit_id", "official key or id", [&](std::uint32_t i) { return m.id[i]; });
  text("unit_name", "name", [&](std::uint32_t i) { return m.name[i]; });
  text("unit_land", "Land", [&](std::uint32_t i) { return m.land_names[m.land[i]]; });
  text("unit_region", "region (Kreis)", [&](std::uint32_t i) { return m.region_names[m.region[i]]; });
  group.variable<std::int32_t>("unit_population", {"unit"}, {.units = "1", .long_name = "inhabitants"})
      .write(m.population);
  group.variable<double>("unit_fiscal", {"unit"},
                         {.units = "1", .long_name = "fiscal strength relative to the mean"})
      .write(world_.fiscal);
  const std::vector<std::uint16_t>& size_class = world_.groupings.front().class_of;
  group.variable<std::int8_t>("unit_size_class", {"unit"}, {.long_name = "size class", .flags = labels(model::size_class_names)})
      .write(std::vector<std::int8_t>(size_class.begin(), size_class.end()));
  group.variable<std::int8_t>("unit_fiscal_class", {"unit"}, {.long_name = "fiscal class", .flags = labels(model::fiscal_class_names)})
      .write(std::vector<std::int8_t>(world_.fiscal_class.begin(), world_.fiscal_class.end()));
  if (!m.longitude.empty()) {
    group.variable<double>("unit_lon", {"unit"}, {.units = "degrees_east", .long_name = "longitude"}).write(m.longitude);
    group.variable<double>("unit_lat", {"unit"}, {.units = "degrees_north", .long_name = "latitude"}).write(m.latitude);
  }
  if (study_.output.first_operation)
    columns_.first_operation.push_back(group.variable<std::int16_t>(
        "first_operation", {"run", "unit"},
        {.units = "1", .long_name = "quarter of the first service in operation, -1 never"}));
}

void Layout::write_parameters() {
  Group group = root_.group("parameters");
  const auto write = [&](const std::vector<Evidence>& numbers, const char* path) {
    for (const Evidence& number : numbers) {
      Variable variable = group.variable<double>(number.name, {"point"},
                                                 {.units = number.unit, .long_name = number.meaning});
      variable.attribute("path", fmt::format("{}.{}", path, number.name));
      variable.attribute("default", number.standard);
      variable.attribute("range", std::array{number.low, number.high});
      variable.attribute("evidence_grade", number.grade);
      variable.attribute("source", number.source);
      variable.write(std::array{number.value});
    }
  };
  write(study_.parameters, "parameters");
  write(study_.coefficients, "coefficients");
}

void Layout::write_vendors() {
  std::vector<std::string> archetypes;
  std::vector<double> openness;
  for (const model::Vendor& v : world_.vendor) {
    archetypes.push_back(v.archetype);
    openness.push_back(v.openness);
  }
  Group vendors = root_.group("vendors");
  vendors.variable<std::string>("vendor_archetype", {"vendor"}, {.long_name = "kind of vendor"}).write(archetypes);
  vendors.variable<double>("vendor_openness", {"vendor"}, {.units = "1", .long_name = "0 proprietary to 1 fully portable"})
      .write(openness);
}

void Layout::write_provenance(const BuildInfo& build) {
  Group group = root_.group("provenance");
  group.text("experiment", study_.experiment_text);
  group.text("resolved", study_.resolved_text);
  group.text("overrides", fmt::format("{}", fmt::join(study_.overrides, "\n")));
  std::string inputs = "path,bytes,sha256\n";
  for (const Input& input : study_.inputs)
    inputs += fmt::format("\"{}\",{},{}\n", input.path, input.bytes, input.sha256);
  group.text("inputs", inputs);
  group.text("build", fmt::format("version {}\ncommit {} ({})\nbuild type {}\ncompiler {}\n",
                                  build.version, build.git_sha1, build.git_dirty, build.build_type,
                                  build.compiler));
  group.text("format", fmt::format("{} {}.{}, see docs/file_format.md", results::format_name,
                                   results::format_version[0], results::format_version[1]));
}

void Layout::define_panel() {
  const std::vector<std::int32_t> quarters = panel_quarters(*study_.output.panel, world_.quarters);
  Group group = root_.group("panel");
  columns_.panel.push_back(group.unlimited_dimension("panel_run", {.units = "1", .long_name = "run recorded unit by unit"},
                                             study_.output.panel->replicates.size()));
  group.dimension("panel_quarter", quarters.size(), {.units = "1", .long_name = "recorded quarter"});
  group.variable<std::int32_t>("panel_quarter_index", {"panel_quarter"},
                               {.units = "1", .long_name = "quarter of the run that is recorded"})
      .write(quarters);
  const std::vector<std::string> per_cell{"panel_run", "panel_quarter", "unit", "use_case"};
  const std::vector<std::string> per_unit{"panel_run", "panel_quarter", "unit"};
  columns_.panel.push_back(group.variable<std::int8_t>("cell_stage", per_cell, {.long_name = "stage of the funnel", .flags = labels(model::stage_names)}));
  columns_.panel.push_back(group.variable<std::int16_t>("cell_vendor", per_cell, {.units = "1", .long_name = "vendor slot, -1 none"}));
  columns_.panel.push_back(group.variable<float>("cell_lock_in", per_cell, {.units = "1", .long_name = "lock-in"}));
  columns_.panel.push_back(group.variable<float>("cell_maturity", per_cell, {.units = "1", .long_name = "maturity"}));
  columns_.panel.push_back(group.variable<double>("reserve", per_unit, {.units = "EUR", .long_name = "free reserve"}));
  columns_.panel.push_back(group.variable<double>("staff", per_unit, {.units = "FTE", .long_name = "qualified staff"}));
  columns_.panel.push_back(group.variable<double>("data", per_unit, {.units = "1", .long_name = "data readiness"}));
  columns_.panel.push_back(group.variable<double>("trust", per_unit, {.units = "1", .long_name = "trust"}));
}

}  // namespace

Columns define_layout(Group root, const Study& study, const model::World& world,
                      const BuildInfo& build) {
  Layout layout(std::move(root), study, world);
  layout.write_attributes(build);
  layout.define_dimensions();
  layout.define_variables();
  layout.write_municipalities();
  layout.write_parameters();
  layout.write_vendors();
  layout.write_provenance(build);
  if (study.output.panel) layout.define_panel();
  return layout.take();
}

}  // namespace rathaus::experiment
