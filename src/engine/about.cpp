#include <nlohmann/json.hpp>

#include "diagnostics/telling.h"
#include "engine/engine.h"

namespace rathaus::engine {
namespace {

using nlohmann::ordered_json;

ordered_json grouping(const model::World& world, const model::Grouping& of) {
  std::vector<std::int64_t> units(of.labels.size(), 0), inhabitants(of.labels.size(), 0);
  for (std::uint32_t i = 0; i < world.units; ++i) {
    ++units[of.class_of[i]];
    inhabitants[of.class_of[i]] += world.municipalities.population[i];
  }
  return {{"name", of.name},
          {"labels", of.labels},
          {"units", std::move(units)},
          {"inhabitants", std::move(inhabitants)}};
}

ordered_json question(const study::Question& asked) {
  ordered_json json{
      {"en", asked.en},         {"de", asked.de},     {"in_numbers", asked.in_numbers},
      {"metric", asked.metric}, {"more", asked.more}, {"of", ordered_json::array()}};
  for (const auto& [grouping, labels] : asked.of.parts)
    for (const std::string& label : labels) json["of"].push_back({grouping, label});
  if (asked.horizon) json["horizon"] = *asked.horizon;
  if (asked.smallest_gain) json["smallest_gain"] = *asked.smallest_gain;
  return json;
}

}  // namespace

std::string about(const Engine& engine) {
  const study::Study& study = engine.study();
  const model::World& world = engine.baseline_world();
  const record::AxisSource source{study, engine.population().municipalities};
  ordered_json axes = ordered_json::object(), variables = ordered_json::object(),
               groupings = ordered_json::array(), numbers = ordered_json::array(),
               theories = ordered_json::array(), values = ordered_json::array(),
               ensembles = ordered_json::array();
  for (const record::Variable& variable : engine.variables()) {
    if (variable->held == record::Held::index) continue;
    variables[variable.path] = {{"axes", variable.axes}, {"units", variable->units}};
    for (const std::string& name : variable.axes) {
      if (axes.contains(name)) continue;
      const record::Axis& axis = record::axis(name);
      axes[name] = {{"length", record::length_of(axis, source)},
                    {"labels", record::labels_of(axis, source)}};
    }
  }
  for (const model::Grouping& of : world.groupings) groupings.push_back(grouping(world, of));
  ordered_json scenarios = ordered_json::array();
  for (const study::Uncertain& number : study.uncertain) numbers.push_back(number.path);
  for (const study::Scenario& scenario : study.scenarios) {
    std::vector<std::string> programmes;
    for (const model::Programme& programme : scenario.programmes)
      programmes.push_back(programme.name);
    scenarios.push_back({{"name", scenario.name}, {"programmes", std::move(programmes)}});
  }
  for (std::size_t a = 0; a < study.alternatives.size(); ++a) {
    theories.push_back(study.alternatives[a].name);
    values.push_back(ordered_json::array());
    for (std::size_t point = 0; point < study.design.points; ++point)
      for (const double value : study::values_at(study, a, point)) values.back().push_back(value);
  }
  for (const study::Ensemble& ensemble : study.ensembles)
    ensembles.push_back({{"file", ensemble.file}, {"sha256", ensemble.sha256}});
  ordered_json notes = ordered_json::array();  // part by part, as findings are
  for (const std::string& note : study.notes)
    notes.push_back(ordered_json::parse(as_json("note", Diagnostic{{}, Message(note)})));
  const ordered_json all{{"title", study.title},
                         {"question", question(study.question)},
                         {"model", study.model},
                         {"model_sha256", study.model_sha256},
                         {"start", study.start.text()},
                         {"quarters", study.quarters},
                         {"support_start", study.rules.support_start},
                         {"horizons", record::horizons_of(study)},
                         {"units", world.units},
                         {"names", engine.population().municipalities.name},
                         {"doubt", study::doubt_names[static_cast<std::size_t>(study.doubt)]},
                         {"points", study.design.points},
                         {"numbers", std::move(numbers)},
                         {"values", std::move(values)},
                         {"ensembles", std::move(ensembles)},
                         {"theories", std::move(theories)},
                         {"replicates", study.replicates},
                         {"baseline", study.baseline},
                         {"scenarios", std::move(scenarios)},
                         {"groupings", std::move(groupings)},
                         {"axes", std::move(axes)},
                         {"variables", std::move(variables)},
                         {"warnings", engine.warnings()},
                         {"notes", std::move(notes)},
                         {"population_notes", engine.population().notes}};
  return all.dump();
}

}  // namespace rathaus::engine
