#include "commands/check_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "commands/advice.h"

namespace rathaus::commands {
namespace {

using Json = nlohmann::ordered_json;

const char* word_of(study::Doubt doubt) {
  switch (doubt) {
    case study::Doubt::none:
      return "none";
    case study::Doubt::own:
      return "own";
    case study::Doubt::not_shipped:
      return "not shipped";
    case study::Doubt::shipped:
      return "shipped";
  }
  return "";
}

/// Where what is not known comes from: nothing varies if it is "none" or "not shipped".
Json doubt_json(const study::Study& study) {
  Json uncertain = Json::array();
  for (const study::Uncertain& number : study.uncertain) uncertain.push_back(number.path);
  Json theories = Json::array();
  for (const study::Alternative& theory : study.alternatives) theories.push_back(theory.name);
  // a number, or one for each theory where each has an ensemble of its own
  Json vectors;
  if (study.ensembles.size() == 1) vectors = study.ensembles.front().vectors();
  if (study.ensembles.size() > 1)
    for (const study::Ensemble& ensemble : study.ensembles) vectors.push_back(ensemble.vectors());
  const bool varies = !study.uncertain.empty();
  return {
      {"kind", word_of(study.doubt)},
      {"points", varies ? study.design.points : 1},
      {"vectors", vectors},
      {"numbers", uncertain},
      {"method",
       varies ? Json(study::design_method_names[static_cast<std::size_t>(study.design.method)])
              : Json()},
      {"theories", theories},
      {"replicates", study.replicates},
  };
}

}  // namespace

std::string check_json(const Loaded& loaded, const Forecast& forecast) {
  const study::Study& study = loaded.study;
  Json scenarios = Json::array();
  for (const auto& scenario : study.scenarios) scenarios.push_back(scenario.name);
  const Json told{{"title", study.title},
                  {"model", study.model},
                  {"units", loaded.population.municipalities.size()},
                  {"regions", loaded.population.municipalities.region_names.size()},
                  {"start", study.start.text()},
                  {"quarters", study.quarters},
                  {"spin_up", study.rules.spin_up},
                  {"scenarios", scenarios},
                  {"doubt", doubt_json(study)},
                  {"runs", static_cast<std::uint64_t>(forecast.runs)},
                  {"runs_are_most", study.until.has_value()},
                  {"cell_steps", forecast.cell_steps},
                  {"seconds", std::round(10.0 * forecast.seconds) / 10.0},
                  {"bytes", std::round(forecast.bytes)},
                  {"support", support_lines(loaded)},
                  {"notes", study.notes},
                  {"odd", advice(loaded)}};
  return told.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace rathaus::commands
