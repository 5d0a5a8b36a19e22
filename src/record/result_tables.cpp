#include "record/result_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "hdf5/own_dimension.h"
#include "parallel/parallel.h"
#include "record/calendar.h"
#include "study/case.h"

namespace rathaus::record {
namespace {

using hdf5::Group;

template <class Array>
std::vector<std::string> labels(const Array& names) {
  return {names.begin(), names.end()};
}

/// What a number was in the runs: at each point, and under each theory if they have vectors of
/// their own and it is one of those.
struct OverPoints {
  bool by_theory = false;
  std::vector<double> values;  //!< [alternative][point], or [point]

  std::string name_of(const std::string& name) const {
    return by_theory ? name + "_by_theory" : name;
  }
  std::vector<std::string> axes() const {
    return by_theory ? std::vector<std::string>{"alternative", "point"}
                     : std::vector<std::string>{"point"};
  }
};

/// Values of an uncertain number, or one known value for all points.
OverPoints over_points(const study::Study& study, const std::string& path, double known) {
  const std::uint32_t points = study.design.points;
  OverPoints over{false, std::vector<double>(points, known)};
  for (std::size_t k = 0; k < study.uncertain.size(); ++k) {
    const study::Uncertain& number = study.uncertain[k];
    if (number.path != path) continue;
    over.by_theory = number.joint && study.design.blocks > 1;
    over.values.clear();
    for (std::size_t a = 0; a < (over.by_theory ? study.alternatives.size() : 1); ++a)
      for (std::uint32_t point = 0; point < points; ++point) {
        const double value = study::values_at(study, a, point)[k];
        over.values.push_back(
            std::isnan(value) ? study::standing(number, study.alternatives[a].rules) : value);
      }
  }
  return over;
}

/// One variable per parameter or coefficient, with its evidence as attributes.
void write_numbers(Group& group, const study::Study& study,
                   const std::vector<study::Evidence>& numbers, const std::string& prefix,
                   const char* section) {
  for (const study::Evidence& number : numbers) {
    const OverPoints over = over_points(study, prefix + number.name, number.value);
    // the model does not give it, and something else stands for it
    if (std::ranges::all_of(over.values, [](double value) { return std::isnan(value); })) continue;
    hdf5::Variable variable =
        group.variable<double>(over.name_of(number.name), over.axes(),
                               {.units = number.unit, .long_name = number.meaning});
    variable.attribute("path", fmt::format("{}.{}", section, number.name));
    variable.attribute("default", number.standard);
    variable.attribute("range", std::array{number.low, number.high});
    variable.attribute("evidence_grade", number.grade);
    variable.attribute("source", number.source);
    variable.write(over.values);
  }
}

/// The design: where its points lie, and the numbers that are neither parameter nor coefficient.
void write_design(Group& group, const study::Study& study) {
  if (study.uncertain.empty()) return;
  const bool by_theory = study.design.blocks > 1;
  for (const study::Uncertain& number : study.uncertain) {
    const OverPoints over = over_points(study, number.path, number.standard);
    const std::string name = over.name_of(number.path);
    if (!group.has(name) && !number.path.starts_with("coefficients.")) {
      hdf5::Variable variable = group.variable<double>(
          name, over.axes(), {.units = number.unit, .long_name = number.meaning});
      variable.attribute("path", number.path);
      variable.attribute("default", number.standard);
      variable.write(over.values);
    }
  }
  hdf5::own_dimension(group, "parameter");
  std::vector<std::string> shapes, units;
  for (const study::Uncertain& number : study.uncertain) {
    shapes.push_back(
        number.joint
            ? by_theory ? "joint, from the ensemble of each theory" : "joint, from the ensemble"
        : study::is_cut(study.design, number)
            ? fmt::format("{} between its quantiles {} and {}", study::text_of(number.distribution),
                          study::tail, 1.0 - study::tail)
            : study::text_of(number.distribution));
    units.push_back(number.unit);
  }
  group.variable<std::string>("distribution", {"parameter"}, {.long_name = "how it is distributed"})
      .write(shapes);
  group.variable<std::string>("parameter_units", {"parameter"}, {.long_name = "unit"}).write(units);
  hdf5::Variable cube = group.variable<double>(
      by_theory ? "unit_cube_by_theory" : "unit_cube",
      by_theory ? std::vector<std::string>{"alternative", "point", "parameter"}
                : std::vector<std::string>{"point", "parameter"},
      {.units = "1", .long_name = "probability below the value"});
  cube.attribute(
      "design",
      std::string(study::design_method_names[static_cast<std::size_t>(study.design.method)]));
  cube.attribute("size", static_cast<std::int32_t>(study.design.size));
  cube.attribute("levels", static_cast<std::int32_t>(study.design.levels));
  cube.attribute("chance", study.design.shares_chance() ? "shared" : "own");
  if (study.design.saltelli > 0) cube.attribute("sample", "saltelli");
  if (!study::tails_cut(study.design, study.uncertain).empty()) cube.attribute("tail", study::tail);
  cube.write(study.design.unit_cube);
}

}  // namespace

void write_failures(Group& root, const study::Study& study, const std::vector<Failure>& failures) {
  if (failures.empty()) return;
  Group group = root.group("failures");
  group.dimension("failure", failures.size(), {.units = "1", .long_name = "case that failed"});
  std::vector<std::int64_t> number;
  std::vector<std::int32_t> alternative, point, replicate;
  std::vector<std::string> message, theory;
  for (const Failure& failure : failures) {
    const study::CaseId id = study::case_at(study, failure.number);
    number.push_back(static_cast<std::int64_t>(failure.number));
    alternative.push_back(static_cast<std::int32_t>(id.alternative));
    point.push_back(static_cast<std::int32_t>(id.point));
    replicate.push_back(static_cast<std::int32_t>(id.replicate));
    message.push_back(failure.message);
    theory.push_back(study.alternatives[id.alternative].name);
  }
  const auto write = [&](const char* name, const char* long_name, const auto& values) {
    using Value = std::ranges::range_value_t<decltype(values)>;
    group.variable<Value>(name, {"failure"}, {.units = "1", .long_name = long_name}).write(values);
  };
  write("failed_case", "number of the case", number);
  write("failed_alternative", "its theory", alternative);
  write("failed_point", "its point", point);
  write("failed_replicate", "its replicate", replicate);
  group.variable<std::string>("failed_theory", {"failure"}, {.long_name = "name of its theory"})
      .write(theory);
  group.variable<std::string>("failed_message", {"failure"}, {.long_name = "why"}).write(message);
}

void write_theories(Group& root, const study::Study& study) {
  std::vector<std::string> keys;
  std::map<std::string, std::vector<std::string>> chosen;
  for (std::size_t a = 0; a < study.alternatives.size(); ++a)
    for (const std::string& set : study.alternatives[a].sets) {
      const std::string key = set.substr(0, set.find('='));
      const auto [entry, is_new] = chosen.try_emplace(key, study.alternatives.size());
      if (is_new) keys.push_back(key);
      std::string value = set.substr(set.find('=') + 1);
      std::erase(value, '"');
      entry->second[a] = std::move(value);
    }
  for (const std::string& key : keys) {
    std::string name = "theory_" + key.substr(key.rfind('.') + 1);
    if (root.has(name)) std::ranges::replace(name = "theory_" + key, '.', '_');
    hdf5::Variable level = root.variable<std::string>(
        name, {"alternative"},
        {.long_name = "what the theory sets " + key + " to; empty: what the experiment says"});
    level.attribute("path", key);
    level.write(chosen[key]);
  }
}

void write_unit_names(Group& group, const model::World& world) {
  const model::Municipalities& m = world.municipalities;
  group.variable<std::string>("unit_id", {"unit"}, {.long_name = "official key or id"}).write(m.id);
  group.variable<std::string>("unit_name", {"unit"}, {.long_name = "name"}).write(m.name);
}

void write_municipalities(Group& root, const model::World& world) {
  const model::Municipalities& m = world.municipalities;
  Group group = root.group("municipalities");
  const auto text = [&](const char* name, const char* long_name, auto value_of) {
    std::vector<std::string> values(world.units);
    for (std::uint32_t i = 0; i < world.units; ++i) values[i] = value_of(i);
    group.variable<std::string>(name, {"unit"}, {.long_name = long_name}).write(values);
  };
  write_unit_names(group, world);
  text("unit_land", "Land", [&](std::uint32_t i) { return m.land_names[m.land[i]]; });
  text("unit_region", "region (Kreis)",
       [&](std::uint32_t i) { return m.region_names[m.region[i]]; });
  group
      .variable<std::int32_t>("unit_population", {"unit"},
                              {.units = "1", .long_name = "inhabitants"})
      .write(m.population);
  group
      .variable<double>("unit_fiscal", {"unit"},
                        {.units = "1", .long_name = "fiscal strength relative to the mean"})
      .write(world.fiscal);
  const std::vector<std::uint16_t>& size_class = world.groupings.front().class_of;
  group
      .variable<std::int8_t>("unit_size_class", {"unit"},
                             {.long_name = "size class", .flags = labels(model::size_class_names)})
      .write(std::vector<std::int8_t>(size_class.begin(), size_class.end()));
  group
      .variable<std::int8_t>(
          "unit_fiscal_class", {"unit"},
          {.long_name = "fiscal class", .flags = labels(model::fiscal_class_names)})
      .write(std::vector<std::int8_t>(world.fiscal_class.begin(), world.fiscal_class.end()));
  if (!m.longitude.empty()) {
    group
        .variable<double>("unit_lon", {"unit"}, {.units = "degrees_east", .long_name = "longitude"})
        .write(m.longitude);
    group
        .variable<double>("unit_lat", {"unit"}, {.units = "degrees_north", .long_name = "latitude"})
        .write(m.latitude);
  }
}

void write_worlds(Group& root, const study::Study& study, const model::World& first) {
  const std::uint64_t count = study::world_count(study);
  if (count == 1) return;
  Group group = root.group("municipalities");
  const std::vector<std::string> axes{"world", "unit"};
  std::vector<std::int32_t> population(count * first.units);
  std::vector<double> fiscal(population.size());
  std::vector<std::int8_t> fiscal_class(population.size());
  parallel::for_each(count, [&](std::size_t w) {
    const study::CaseId id = study::case_in_world(study, w);
    const auto municipalities = study::municipalities_of(study, first.municipalities, id);
    const model::World world(*municipalities,
                             study::rules_of(study, id, study.baseline, /*fixed_demand=*/false),
                             study.quarters);
    const auto row = static_cast<std::ptrdiff_t>(w * first.units);
    std::ranges::copy(municipalities->population, population.begin() + row);
    std::ranges::copy(world.fiscal, fiscal.begin() + row);
    std::ranges::copy(world.fiscal_class, fiscal_class.begin() + row);
  });
  group
      .variable<std::int32_t>("unit_population_by_world", axes,
                              {.units = "1", .long_name = "inhabitants in each drawn world"})
      .write(population);
  group
      .variable<double>(
          "unit_fiscal_by_world", axes,
          {.units = "1", .long_name = "fiscal strength relative to the mean, in each drawn world"})
      .write(fiscal);
  group
      .variable<std::int8_t>("unit_fiscal_class_by_world", axes,
                             {.long_name = "fiscal class in each drawn world",
                              .flags = labels(model::fiscal_class_names)})
      .write(fiscal_class);
}

void write_parameters(Group& root, const study::Study& study) {
  Group group = root.group("parameters");
  if (study.design.blocks > 1) hdf5::own_dimension(group, "alternative");
  write_numbers(group, study, study.parameters, "", "parameters");
  write_numbers(group, study, study.coefficients, "coefficients.", "coefficients");
  write_design(group, study);
}

void write_vendors(Group& root, const model::World& world) {
  std::vector<std::string> archetypes;
  std::vector<double> openness;
  for (const model::Vendor& v : world.vendor) {
    archetypes.push_back(v.archetype);
    openness.push_back(v.openness);
  }
  Group vendors = root.group("vendors");
  hdf5::own_dimension(vendors, "vendor");
  vendors.variable<std::string>("vendor_archetype", {"vendor"}, {.long_name = "kind of vendor"})
      .write(archetypes);
  vendors
      .variable<double>("vendor_openness", {"vendor"},
                        {.units = "1", .long_name = "0 proprietary to 1 fully portable"})
      .write(openness);
}

void write_targets(Group& root, const study::Study& study) {
  if (study.targets.empty()) return;
  Group group = root.group("targets");
  group.dimension("target", study.targets.size(),
                  {.units = "1", .long_name = "what was to be reached"});
  const auto column = [&](const char* name, const hdf5::Description& description, auto value) {
    std::vector<decltype(value(study.targets.front()))> values;
    for (const study::Target& target : study.targets) values.push_back(value(target));
    group.variable<decltype(value(study.targets.front()))>(name, {"target"}, description)
        .write(values);
  };
  column("target_indicator", {.long_name = "indicator"},
         [](const study::Target& t) { return t.indicator; });
  column("target_group", {.long_name = "grouping, empty for all units"},
         [](const study::Target& t) { return t.of.grouping(); });
  column("target_label", {.long_name = "class"},
         [](const study::Target& t) { return t.of.text(); });
  column("target_share", {.units = "1", .long_name = "1: share of the whole class"},
         [](const study::Target& t) { return static_cast<std::int8_t>(t.share); });
  column("target_start", {.units = "1", .long_name = "where it stood, as declared"},
         [](const study::Target& t) { return t.start.value_or(std::nan("")); });
  column("target_by", {.units = "1", .long_name = "quarter in which it is judged"},
         [](const study::Target& t) { return t.by; });
  column("target_quarter", {.long_name = "calendar quarter in which it is judged"},
         [&](const study::Target& t) {
           return quarter_text(study, static_cast<std::uint32_t>(t.by));
         });
  column("target_bound", {.units = "1", .long_name = "value to be reached or kept below"},
         [](const study::Target& t) { return t.at_least ? *t.at_least : *t.at_most; });
  column("target_kind", {.long_name = "kind of bound", .flags = {"at_least", "at_most"}},
         [](const study::Target& t) { return static_cast<std::int8_t>(!t.at_least); });
}

}  // namespace rathaus::record
