#include "record/result_layout.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "record/axes.h"
#include "record/calendar.h"
#include "record/provenance.h"
#include "record/result_tables.h"
#include "study/panel.h"

namespace rathaus::record {
namespace {

using hdf5::Description;
using hdf5::Group;

/// "programmes/paid": programmes, paid; the root has no name.
std::pair<std::string, std::string> split(const std::string& path) {
  const std::size_t slash = path.find('/');
  if (slash == std::string::npos) return {"", path};
  return {path.substr(0, slash), path.substr(slash + 1)};
}

std::vector<std::uint32_t> all_quarters(const study::Study& study) {
  std::vector<std::uint32_t> quarters(study.quarters);
  std::iota(quarters.begin(), quarters.end(), 0u);
  return quarters;
}

/// One word each, as CF asks of the meanings of flags.
std::vector<std::string> as_words(std::vector<std::string> labels) {
  for (std::string& label : labels) std::ranges::replace(label, ' ', '_');
  return labels;
}

class Builder {
 public:
  Builder(Group& root, const study::Study& study, const model::World& world,
          std::span<const Variable> variables)
      : root_(root),
        study_(study),
        world_(world),
        source_{study, world.municipalities},
        variables_(variables),
        layout_{root.unlimited_dimension("run", {.units = "1", .long_name = "completed runs"},
                                         runs_expected()),
                std::nullopt,
                {}} {}

  void define_dimensions();
  void define_variables();
  Layout take() { return std::move(layout_); }

 private:
  std::size_t runs_expected() const {
    return study::case_count(study_) * study_.scenarios.size() *
           (study_.output.fixed_demand ? 2 : 1);
  }
  void define(Group& group, const Axis& axis);
  void define_horizons(Group& strata);
  void define_panel(Group& panel);
  Group& group_of(const std::string& name);
  void define(Group& group, const std::string& name, std::size_t v);
  std::string coordinates_of(const std::string& group, const std::vector<std::string>& axes) const;

  Group& root_;
  const study::Study& study_;
  const model::World& world_;
  AxisSource source_;
  std::span<const Variable> variables_;
  Layout layout_;
  std::map<std::string, Group> groups_;
};

void Builder::define(Group& group, const Axis& axis) {
  const std::string name(axis.name), long_name(axis.long_name);
  if (axis.length_of != nullptr)
    group.dimension(name, axis.length_of(source_), {.units = "1", .long_name = long_name});
  else
    group.dimension(name, labels_of(axis, source_), long_name);
}

void Builder::define_dimensions() {
  for (const Axis& axis : axes())
    if (is_held(axis, study_) && axis.name != "panel_quarter") define(root_, axis);
  write_calendar(root_, "quarter", study_, all_quarters(study_));
  write_time_bounds(root_, study_);
}

void Builder::define_horizons(Group& strata) {
  std::vector<std::uint32_t> ends;
  std::vector<std::int32_t> quarters;
  std::vector<double> years;
  for (const std::uint32_t horizon : horizons_of(study_)) {
    ends.push_back(horizon - 1);
    quarters.push_back(static_cast<std::int32_t>(horizon) - 1);
    years.push_back((static_cast<double>(horizon) - study_.rules.support_start) / 4.0);
  }
  strata
      .variable<std::int32_t>("horizon_quarter", {"horizon"},
                              {.units = "1", .long_name = "quarter that the horizon ends with"})
      .write(quarters);
  strata
      .variable<double>("horizon_years", {"horizon"},
                        {.units = "year", .long_name = "time since support starts"})
      .write(years);
  write_calendar(strata, "horizon", study_, ends);
}

void Builder::define_panel(Group& panel) {
  layout_.panel_run = panel.unlimited_dimension(
      "panel_run",
      {.units = "1", .long_name = "number of the run, of those of the root, recorded unit by unit"},
      study_.output.panel->replicates.size() * study_.scenarios.size() *
          study_.alternatives.size() * study_.design.points);
  define(panel, axis("panel_quarter"));
  const std::vector<std::int32_t> quarters =
      study::panel_quarters(*study_.output.panel, world_.quarters);
  panel
      .variable<std::int32_t>("panel_quarter_index", {"panel_quarter"},
                              {.units = "1", .long_name = "quarter of the run that is recorded"})
      .write(quarters);
  write_calendar(panel, "panel_quarter", study_,
                 std::vector<std::uint32_t>(quarters.begin(), quarters.end()));
  write_unit_names(panel, world_);
}

/// Made with its own labels and dates when it is first asked for, so that it can be read alone.
Group& Builder::group_of(const std::string& name) {
  if (name.empty()) return root_;
  const auto found = groups_.find(name);
  if (found != groups_.end()) return found->second;
  Group& group = groups_.emplace(name, root_.group(name)).first->second;
  std::vector<std::string> axes;
  for (const Variable& variable : variables_)
    if (split(variable.path).first == name)
      axes.insert(axes.end(), variable.axes.begin(), variable.axes.end());
  const auto has = [&](std::string_view axis) {
    return std::ranges::find(axes, axis) != axes.end();
  };
  for (const Axis& axis : record::axes())
    if (axis.length_of == nullptr && has(axis.name)) define(group, axis);
  if (has("quarter")) write_calendar(group, "quarter", study_, all_quarters(study_));
  if (has("horizon")) define_horizons(group);
  if (name == "panel") define_panel(group);
  for (std::size_t v = 0; v < variables_.size(); ++v)
    if (variables_[v]->held == Held::index && variables_[v].path != "run_wall_time")
      define(group, variables_[v].path, v);
  return group;
}

/// What names the places along the axes of a variable, beside the dimensions themselves.
std::string Builder::coordinates_of(const std::string& group,
                                    const std::vector<std::string>& axes) const {
  std::vector<std::string> names;
  const auto along = [&](const char* axis, const std::vector<std::string>& more) {
    if (std::ranges::find(axes, axis) != axes.end())
      names.insert(names.end(), more.begin(), more.end());
  };
  for (const Variable& variable : variables_)
    if (variable->held == Held::index && variable.path != "run_wall_time")
      names.push_back(variable.path);
  along("quarter", {"time", "quarter_label"});
  along("panel_quarter", {"panel_quarter_index", "time", "quarter_label"});
  along("horizon", {"horizon_quarter", "horizon_years", "time", "quarter_label"});
  if (group == "municipalities" || group == "panel") along("unit", {"unit_id", "unit_name"});
  return fmt::format("{}", fmt::join(names, " "));
}

void Builder::define(Group& group, const std::string& name, std::size_t v) {
  const Variable& variable = variables_[v];
  const std::string folder = group.path() == "/" ? "" : group.name();
  Description description{.units = variable->units, .long_name = variable->long_name};
  std::vector<std::string> dimensions = variable.axes;
  if (variable->held == Held::world) {
    hdf5::Variable stored = group.variable(name, variable->type, dimensions, description);
    const study::RunRecord none;
    std::visit([&](const auto& values) { stored.write(values); },
               value_of(variable, {study_, world_, none}));
    return;
  }
  if (variable->held != Held::index)
    description.attributes.emplace_back("coordinates", coordinates_of(folder, dimensions));
  if (variable->tells != Tells::no_quarter && variable.axes.front() == "quarter")
    description.attributes.emplace_back(
        "cell_methods", variable->tells == Tells::flow ? "quarter: sum" : "quarter: point");
  if (!variable->flags.empty()) {
    description.first_flag = variable->first_flag;
    if (variable->first_flag < 0) description.flags.emplace_back("none");
    for (std::string& flag : as_words(labels_of(axis(variable->flags), source_)))
      description.flags.push_back(std::move(flag));
  }
  const bool panel = folder == "panel";
  dimensions.insert(dimensions.begin(), panel ? "panel_run" : "run");
  layout_.columns.push_back(
      {v, panel, group.variable(name, variable->type, dimensions, description)});
}

void Builder::define_variables() {
  for (std::size_t v = 0; v < variables_.size(); ++v) {
    const auto [folder, name] = split(variables_[v].path);
    define(group_of(folder), name, v);
  }
}

}  // namespace

Layout define_layout(Group root, const study::Study& study, const model::World& world,
                     const BuildInfo& build, std::span<const Variable> variables) {
  write_attributes(root, study, world, build);
  write_question(root, study);
  Builder builder(root, study, world, variables);
  builder.define_dimensions();
  write_theories(root, study);
  write_municipalities(root, world);
  write_worlds(root, study, world);
  builder.define_variables();
  write_parameters(root, study);
  write_vendors(root, world);
  write_targets(root, study);
  write_provenance(root, study, build);
  return builder.take();
}

}  // namespace rathaus::record
