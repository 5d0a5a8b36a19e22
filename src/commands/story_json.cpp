#include <nlohmann/json.hpp>

#include "commands/story_events.h"
#include "commands/story_text.h"
#include "model/indicators.h"
#include "model/state.h"

namespace rathaus::commands {
namespace {

using model::Event;
using model::EventKind;
using run::MeansRecord;

nlohmann::ordered_json means_json(const model::Means& means) {
  return {{"data", means.data}, {"staff", means.staff}, {"money", euro(means.money)}};
}

nlohmann::ordered_json event_json(const Story& story, const Event& event) {
  nlohmann::ordered_json json{
      {"quarter", quarter_text(story, event.quarter)},
      {"event", std::string(model::event_names[static_cast<std::size_t>(event.kind)])}};
  const auto add = [&](const char* key, const std::string& value) {
    if (!value.empty()) json[key] = value;
  };
  add("use_case", case_name(story, event));
  add("vendor", vendor_name(story, event));
  add("programme", programme_name(story, event));
  if (event.amount != 0) json["amount"] = euro(event.amount);
  if (event.kind == EventKind::blocked) {
    json["step"] = model::step_names[static_cast<std::size_t>(event.step)];
    json["needed"] = means_json(event.needed);
    json["left"] = means_json(event.left);
  }
  if (event.kind == EventKind::weighed) {
    json["value"] = event.value;
    json["wanted"] = event.wanted;
  }
  return json;
}

}  // namespace

std::string story_json(const Story& story) {
  const model::Municipalities& m = story.municipalities;
  const run::Replay& replay = story.replay;
  nlohmann::ordered_json json{
      {"unit_id", m.id[story.unit]},
      {"unit_name", m.name[story.unit]},
      {"run", story.run},
      {"scenario", story.study.scenarios[replay.run.scenario].name},
      {"replicate", replay.run.id.replicate},
      {"fixed_demand", replay.run.fixed_demand},
  };
  for (std::uint32_t t = 0; t < replay.means.size(); ++t) {
    const MeansRecord& means = replay.means[t];
    nlohmann::ordered_json row{{"quarter", quarter_text(story, static_cast<std::int32_t>(t))},
                               {"reserve", means.reserve},
                               {"staff", means.staff},
                               {"data", means.data},
                               {"trust", means.trust},
                               {"services_running", means.running},
                               {"member", means.member},
                               {"strategy", means.strategy}};
    for (std::size_t u = 0; u < replay.peers[t].size(); ++u) {
      const std::string& name = story.study.rules.use_cases[u].name;
      row["stage"][name] = model::stage_names[replay.stage[t][u]];
      row["peers"][name] = replay.peers[t][u];
    }
    json["quarters"].push_back(std::move(row));
  }
  json["events"] = nlohmann::ordered_json::array();
  for (const Event& event : replay.events) json["events"].push_back(event_json(story, event));
  return json.dump(2) + "\n";
}

}  // namespace rathaus::commands
