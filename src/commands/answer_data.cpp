#include "commands/answer_data.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace rathaus::commands {
namespace {

using nlohmann::json;

/// JSON has no infinity: a cost without an upper bound is the text "inf", what is missing is null.
json value(double x) {
  return std::isnan(x) ? json() : std::isinf(x) ? json(x > 0.0 ? "inf" : "-inf") : json(x);
}

json range(const analysis::Range& r) {
  return {{"low", value(r.low)}, {"middle", value(r.middle)}, {"high", value(r.high)}};
}

/// Quarter by quarter.
json course_json(const std::vector<analysis::Range>& course) {
  json all{{"low", json::array()}, {"middle", json::array()}, {"high", json::array()}};
  for (const analysis::Range& r : course) {
    all["low"].push_back(value(r.low));
    all["middle"].push_back(value(r.middle));
    all["high"].push_back(value(r.high));
  }
  return all;
}

/// One scenario, under one theory or over all of them.
json figures_json(const analysis::Answer& answer, const analysis::DesignAnswer& design,
                  std::size_t s) {
  json all{{"scenario", answer.scenarios[s]}, {"programmes", answer.programmes[s]},
           {"level", range(design.level)},    {"offered", range(design.offered)},
           {"paid", range(design.paid)},      {"called", range(design.called)}};
  if (s == answer.against_index) return all;
  all["verdict"] = analysis::verdict_names[static_cast<std::size_t>(design.gain_judged.verdict)];
  all["points"] = design.gain_judged.points;
  all["wanted_at"] = design.gain_judged.wanted;
  all["unwanted_at"] = design.gain_judged.unwanted;
  all["missing_at"] = design.gain_judged.missing;
  all["gain"] = range(design.gain);
  all["additional"] = range(design.additional);
  all["supported"] = range(design.supported);
  all["gains"] = json::array();
  for (const double gain : design.gains) all["gains"].push_back(value(gain));
  all["anyway"] = range(design.anyway);
  all["anyway_at_end"] = range(design.anyway_at_end);
  all["cost_per_additional_unit"] = range(design.cost);
  all["without_gain_at"] = design.without_gain;
  return all;
}

json design_json(const analysis::Answer& answer, const analysis::Course& course, std::size_t theory,
                 std::size_t s) {
  const analysis::DesignAnswer& design = answer.designs[theory][s];
  json all = figures_json(answer, design, s);
  all["theory"] = answer.theories[theory];
  if (s == answer.against_index) return all;
  all["effects"] = json::array();
  for (const analysis::AssumptionEffect& effect : design.effects)
    all["effects"].push_back({{"number", effect.number},
                              {"rank_correlation", value(effect.correlation)},
                              {"told_apart", effect.told_apart}});
  all["effect_bound"] = value(answer.effect_bound[theory]);
  all["course"] = course_json(course.gain[theory][s]);
  return all;
}

}  // namespace

json answer_json(const analysis::Answer& answer, const analysis::Course& course) {
  const analysis::Asked& asked = answer.asked;
  const auto verdict = [](const analysis::Judged& judged) {
    return analysis::verdict_names[static_cast<std::size_t>(judged.verdict)];
  };
  json group = analysis::json_of<json>(asked.of), order = json::array(), nearest;
  json designs = json::array(), duels = json::array();
  for (std::size_t theory = 0; theory < answer.theories.size(); ++theory)
    for (std::size_t s = 0; s < answer.scenarios.size(); ++s)
      designs.push_back(design_json(answer, course, theory, s));
  json across = json::array();
  for (std::size_t s = 0; s < answer.across.size(); ++s)
    across.push_back(figures_json(answer, answer.across[s], s));
  for (const analysis::Duel& duel : answer.duels)
    for (std::size_t theory = 0; theory < answer.theories.size(); ++theory)
      duels.push_back({{"first", answer.scenarios[duel.first]},
                       {"second", answer.scenarios[duel.second]},
                       {"theory", answer.theories[theory]},
                       {"verdict", verdict(duel.judged[theory])},
                       {"first_better_at", duel.judged[theory].wanted},
                       {"second_better_at", duel.judged[theory].unwanted}});
  for (const std::size_t s : answer.order) order.push_back(answer.scenarios[s]);
  if (answer.nearest)
    nearest = {{"design", answer.scenarios[answer.nearest->winner]},
               {"other", answer.scenarios[answer.nearest->loser]},
               {"theory", answer.theories[answer.nearest->theory]},
               {"better_at", answer.nearest->points}};
  return {
      {"question",
       {{"en", asked.en},
        {"de", asked.de},
        {"in_numbers", asked.in_numbers},
        {"metric", asked.metric},
        {"counts", asked.cost() != nullptr ? std::string(asked.cost()->per) : asked.metric},
        {"unit", asked.unit},
        {"group", group},
        {"quarter", asked.quarter},
        {"prefer", asked.more && asked.cost() == nullptr ? "more" : "less"},
        {"smallest_gain", value(answer.smallest_gain)}}},
      {"doubt", answer.doubt},
      {"verdicts_by", answer.by_points() ? "points" : "chance"},
      {"points", answer.points},
      {"replicates", answer.replicates},
      {"range_holds", answer.by_points() ? value(analysis::range_holds(answer.points)) : json()},
      {"almost_all", analysis::almost_all(answer.points)},
      {"most", analysis::most(answer.points)},
      {"against", answer.against},
      {"anyway_at", answer.anyway_at},
      {"anyway_after_payment", answer.anyway_after_payment},
      {"warnings", answer.warnings},
      {"effect_bound", value(answer.effect_bound.front())},
      {"order", order},
      {"better", answer.best ? json(answer.scenarios[*answer.best]) : json()},
      {"nearest", nearest},
      {"designs", designs},
      {"across_theories", across},
      {"duels", duels}};
}

}  // namespace rathaus::commands
