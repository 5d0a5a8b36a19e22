#include "record/axes.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "model/crossed_groupings.h"
#include "model/indicators.h"
#include "model/simulate.h"
#include "study/pairing.h"
#include "study/panel.h"

namespace rathaus::record {
namespace {

using study::Study;
using Texts = std::vector<std::string>;

template <class Names>
std::vector<std::string_view> fixed(const Names& names) {
  return {names.begin(), names.end()};
}

template <class Rows, class Name>
Texts names_of(const Rows& rows, Name name) {
  Texts names;
  for (const auto& row : rows) names.push_back(row.*name);
  return names;
}

/// "open source 2": the second slot of its archetype.
Texts vendor_labels(const AxisSource& s) {
  const std::vector<model::Vendor>& vendors = s.study.rules.vendors;
  Texts names;
  for (std::size_t v = 0; v < vendors.size(); ++v) {
    const auto nth =
        std::count_if(vendors.begin(), vendors.begin() + static_cast<std::ptrdiff_t>(v) + 1,
                      [&](const model::Vendor& w) { return w.archetype == vendors[v].archetype; });
    names.push_back(fmt::format("{} {}", vendors[v].archetype, nth));
  }
  return names;
}

bool groups_by(const Study& study, std::string_view grouping) {
  return std::ranges::find(study.output.groups, grouping) != study.output.groups.end();
}

constexpr auto units_class = "class of units, fixed at the start";

/// Labels of a grouping that crosses others.
template <std::size_t crossed>
Texts crossed_labels(const AxisSource& s) {
  std::vector<Texts> parts;
  for (const std::string& part : model::parts_of(model::crossed_groupings[crossed]))
    parts.push_back(labels_of(axis(part), s));
  return model::crossed_labels(parts);
}
template <std::size_t crossed>
Axis crossed_axis() {
  return {
      .name = model::crossed_groupings[crossed],
      .long_name = units_class,
      .labels_of = crossed_labels<crossed>,
      .is_held = [](const Study& s) { return groups_by(s, model::crossed_groupings[crossed]); }};
}

std::vector<Axis> make_axes() {
  return {
      {.name = "quarter",
       .long_name = "quarter of the run; values hold after it",
       .length_of = [](const AxisSource& s) { return std::size_t{s.study.quarters}; }},
      {.name = "size_class", .long_name = units_class, .labels = fixed(model::size_class_names)},
      {.name = "land",
       .long_name = units_class,
       .labels_of = [](const AxisSource& s) { return s.municipalities.land_names; },
       .is_held = [](const Study& s) { return groups_by(s, "land"); }},
      {.name = "fiscal_class",
       .long_name = units_class,
       .labels = fixed(model::fiscal_class_names),
       .is_held = [](const Study& s) { return groups_by(s, "fiscal_class") || has_pairs(s); }},
      crossed_axis<0>(),
      crossed_axis<1>(),
      crossed_axis<2>(),
      crossed_axis<3>(),
      {.name = "use_case",
       .long_name = "service that AI can take part in",
       .labels_of =
           [](const AxisSource& s) {
             return names_of(s.study.rules.use_cases, &model::UseCase::name);
           }},
      {.name = "stage", .long_name = "stage of the funnel", .labels = fixed(model::stage_names)},
      {.name = "ending", .long_name = "how a pilot ended", .labels = fixed(model::pilot_end_names)},
      {.name = "step", .long_name = "what was attempted", .labels = fixed(model::step_names)},
      {.name = "constraint",
       .long_name = "what stood in the way",
       .labels = fixed(model::constraint_names)},
      {.name = "vendor", .long_name = "vendor slot", .labels_of = vendor_labels},
      {.name = "tenure",
       .long_name = "age of the service in years",
       .labels = fixed(model::tenure_names)},
      {.name = "scenario",
       .long_name = "scenario",
       .labels_of =
           [](const AxisSource& s) { return names_of(s.study.scenarios, &study::Scenario::name); }},
      {.name = "alternative",
       .long_name = "rival theory",
       .labels_of =
           [](const AxisSource& s) {
             return names_of(s.study.alternatives, &study::Alternative::name);
           }},
      {.name = "point",
       .long_name = "point of the design",
       .length_of = [](const AxisSource& s) { return std::size_t{s.study.design.points}; }},
      {.name = "parameter",
       .long_name = "number that is not known",
       .labels_of =
           [](const AxisSource& s) { return names_of(s.study.uncertain, &study::Uncertain::path); },
       .is_held = [](const Study& s) { return !s.uncertain.empty(); }},
      {.name = "unit",
       .long_name = "municipal unit",
       .length_of = [](const AxisSource& s) { return s.municipalities.size(); }},
      {.name = "world",
       .long_name = "drawn world",
       .length_of =
           [](const AxisSource& s) {
             return static_cast<std::size_t>(study::world_count(s.study));
           },
       .is_held = [](const Study& s) { return study::world_count(s) > 1; }},
      {.name = "programme",
       .long_name = "support programme",
       .labels_of = [](const AxisSource& s) { return programme_names(s.study); },
       .is_held = [](const Study& s) { return !programme_names(s).empty(); }},
      {.name = "horizon",
       .long_name = "5, 10 and 20 years after support starts, or the end of the run",
       .length_of = [](const AxisSource& s) { return horizons_of(s.study).size(); },
       .is_held = has_pairs},
      {.name = "stratum",
       .long_name = "pair of outcomes with and without support",
       .labels = fixed(study::stratum_names),
       .is_held = has_pairs},
      {.name = "panel_quarter",
       .long_name = "recorded quarter",
       .length_of =
           [](const AxisSource& s) {
             return study::panel_quarters(*s.study.output.panel, s.study.quarters).size();
           },
       .is_held = [](const Study& s) { return s.output.panel.has_value(); }},
  };
}

}  // namespace

std::span<const Axis> axes() {
  static const std::vector<Axis> all = make_axes();
  return all;
}

const Axis& axis(std::string_view name) {
  const auto found = std::ranges::find(axes(), name, &Axis::name);
  if (found == axes().end()) throw std::out_of_range(fmt::format("no axis '{}'", name));
  return *found;
}

std::vector<std::string> labels_of(const Axis& axis, const AxisSource& source) {
  if (axis.labels_of != nullptr) return axis.labels_of(source);
  return {axis.labels.begin(), axis.labels.end()};
}

std::size_t length_of(const Axis& axis, const AxisSource& source) {
  return axis.length_of != nullptr ? axis.length_of(source) : labels_of(axis, source).size();
}

bool is_held(const Axis& axis, const Study& study) {
  return axis.is_held == nullptr || axis.is_held(study);
}

std::vector<std::string> programme_names(const Study& study) {
  std::vector<std::string> names;
  for (const study::Scenario& scenario : study.scenarios)
    for (const model::Programme& programme : scenario.programmes)
      if (std::ranges::find(names, programme.name) == names.end()) names.push_back(programme.name);
  return names;
}

bool has_pairs(const Study& study) {
  return study.scenarios.size() > 1 || !programme_names(study).empty();
}

std::vector<std::uint32_t> horizons_of(const Study& study) {
  return model::horizons(study.quarters, study.rules.support_start);
}

}  // namespace rathaus::record
