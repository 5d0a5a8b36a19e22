#include "commands/story_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "commands/story_events.h"
#include "commands/table.h"
#include "model/indicators.h"
#include "model/state.h"
#include "rules/logistic.h"

namespace rathaus::commands {
namespace {

using model::Event;
using model::EventKind;
using run::MeansRecord;

// What became of the use cases

struct CaseSummary {
  std::optional<std::int32_t> heard;
  std::uint32_t weighed = 0, wanted = 0, applied = 0, awarded = 0;
  std::uint32_t pilots = 0, failed = 0, operations = 0, discontinued = 0;
  double chance = 0.0;  //!< sum of Λ(U) over the quarters in which it was weighed
  std::array<std::uint32_t, model::constraint_names.size()> stopped{};
};

CaseSummary summary_of(const Story& story, std::uint8_t use_case) {
  CaseSummary sum;
  for (const Event& event : story.replay.events) {
    if (event.use_case != use_case) continue;
    switch (event.kind) {
      case EventKind::heard:
        sum.heard = event.quarter;
        break;
      case EventKind::weighed:
        ++sum.weighed;
        sum.wanted += event.wanted;
        sum.chance += rules::logistic(event.value);
        break;
      case EventKind::blocked: {
        const auto lacks = lacking(event);
        for (std::size_t c = 0; c < lacks.size(); ++c) sum.stopped[c] += lacks[c];
        break;
      }
      case EventKind::no_slot:
        ++sum.stopped[static_cast<std::size_t>(model::Constraint::vendor_capacity)];
        break;
      case EventKind::applied:
        ++sum.applied;
        break;
      case EventKind::awarded:
        ++sum.awarded;
        break;
      case EventKind::pilot_started:
        ++sum.pilots;
        break;
      case EventKind::pilot_failed:
      case EventKind::pilot_stranded:
        ++sum.failed;
        break;
      case EventKind::operation_started:
        ++sum.operations;
        break;
      case EventKind::discontinued:
        ++sum.discontinued;
        break;
      default:
        break;
    }
  }
  return sum;
}

std::string stopped_text(const Words& say, const CaseSummary& sum) {
  std::vector<std::string> parts;
  for (std::size_t c = 0; c < sum.stopped.size(); ++c)
    if (sum.stopped[c] > 0)
      parts.push_back(fmt::format("{} {}", say.name(model::constraint_names[c]), sum.stopped[c]));
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string count_text(std::uint32_t count) {
  return count == 0 ? "-" : fmt::format("{}", count);
}

std::string cases_table(const Story& story) {
  const bool logit = story.study.rules.structure.decision_rule == model::DecisionRule::logit;
  Table table;
  const Words& say = story.say;
  for (const char* head : {"tr_use_case", "tr_at_the_end", "tr_heard_of", "tr_weighed", "tr_chance",
                           "tr_wanted", "tr_applications", "tr_awards", "tr_pilots", "tr_failed",
                           "tr_operated", "tr_ended", "tr_stopped_by"})
    table.head.push_back(say(head));
  table.right = {false, false, false, true, true, true, true, true, true, true, true, true, false};
  for (std::uint8_t u = 0; u < story.study.rules.use_cases.size(); ++u) {
    const CaseSummary sum = summary_of(story, u);
    const std::string chance =
        logit && sum.weighed > 0
            ? say.digits(fmt::format("{:.1f} %", 100.0 * sum.chance / sum.weighed))
            : "-";
    table.rows.push_back(
        {say.name(story.study.rules.use_cases[u].name),
         say(std::string("tr_stage_") + model::stage_names[story.replay.stage.back()[u]]),
         sum.heard ? quarter_text(story, *sum.heard) : "-", count_text(sum.weighed), chance,
         count_text(sum.wanted), count_text(sum.applied), count_text(sum.awarded),
         count_text(sum.pilots), count_text(sum.failed), count_text(sum.operations),
         count_text(sum.discontinued), stopped_text(say, sum)});
  }
  return table.text();
}

/// One or two sentences: how far it came, and what stopped it most often.
std::string verdict(const Story& story) {
  const auto& events = story.replay.events;
  const auto first = std::ranges::find_if(events, [](const Event& event) {
    return event.kind == EventKind::operation_started || event.kind == EventKind::ran_at_start;
  });
  const Words& say = story.say;
  std::string text = say("tr_never");
  if (first != events.end())
    text = say(first->kind == EventKind::ran_at_start ? "tr_runs_ran_before" : "tr_runs",
               fmt::arg("n", story.replay.means.back().running),
               fmt::arg("of", story.study.rules.use_cases.size()),
               fmt::arg("quarter", quarter_text(story, first->quarter)));
  std::array<std::uint32_t, model::constraint_names.size()> stopped{};
  std::uint32_t weighed = 0, wanted = 0, attempts = 0;
  for (std::uint8_t u = 0; u < story.study.rules.use_cases.size(); ++u) {
    const CaseSummary sum = summary_of(story, u);
    for (std::size_t c = 0; c < stopped.size(); ++c) stopped[c] += sum.stopped[c];
    weighed += sum.weighed;
    wanted += sum.wanted;
  }
  for (const Event& event : events)
    attempts += event.kind == EventKind::blocked || event.kind == EventKind::no_slot;
  if (weighed > 0)
    text += " " + say("tr_agenda", fmt::arg("weighed", weighed), fmt::arg("wanted", wanted));
  if (attempts > 0) {
    const auto most = std::ranges::max_element(stopped);
    const auto constraint = static_cast<std::size_t>(most - stopped.begin());
    text += " " + say("tr_attempts", fmt::arg("attempts", attempts), fmt::arg("n", *most),
                      fmt::arg("what", say.name(model::constraint_names[constraint])));
  }
  return text;
}

// Means at the end of every year

std::string means_table(const Story& story) {
  Table table;
  const Words& say = story.say;
  const auto number = [&](double value, int decimals) {
    return say.digits(fmt::format("{:.{}f}", value, decimals));
  };
  for (const char* head : {"tr_after", "tr_reserve", "tr_staff", "tr_data", "tr_trust", "tr_peers",
                           "tr_services", "tr_cooperates", "tr_strategy"})
    table.head.push_back(say(head));
  table.right = {false, true, true, true, true, true, true, false, false};
  const auto quarters = static_cast<std::uint32_t>(story.replay.means.size());
  for (std::uint32_t t = std::min(3u, quarters - 1); t < quarters; t += 4) {
    const MeansRecord& means = story.replay.means[t];
    const std::vector<double>& peers = story.replay.peers[t];
    double sum = 0.0;
    for (const double share : peers) sum += share;
    table.rows.push_back({quarter_text(story, static_cast<std::int32_t>(t)),
                          number(means.reserve, 0), number(means.staff, 2), number(means.data, 2),
                          number(means.trust, 2),
                          number(100.0 * sum / static_cast<double>(peers.size()), 1) + " %",
                          fmt::format("{}", means.running), say(means.member ? "tr_yes" : "tr_no"),
                          say(means.strategy ? "tr_yes" : "tr_no")});
  }
  return table.text();
}

/// Where the run begins earlier than its results: what happened till then is told, too.
std::string began(const Story& story) {
  if (story.study.rules.spin_up == 0) return "";
  return story.say("tr_spin_up", fmt::arg("quarter", study::first_simulated(story.study).text()));
}

}  // namespace

std::string story_text(const Story& story) {
  const model::Municipalities& m = story.municipalities;
  const std::uint32_t i = story.unit;
  const run::Replay& replay = story.replay;
  const auto last = static_cast<std::int32_t>(replay.means.size() - 1);
  const Words& say = story.say;
  const auto size = static_cast<std::size_t>(model::size_class_of(m.population[i]));
  return say("tr_head", fmt::arg("name", m.name[i]), fmt::arg("id", m.id[i]),
             fmt::arg("land", m.land_names[m.land[i]]),
             fmt::arg("region", m.region_names[m.region[i]]), fmt::arg("n", m.population[i]),
             fmt::arg("size", say.name(std::string(model::size_class_names[size]))),
             fmt::arg("strength", say.digits(fmt::format("{:.2f}", replay.fiscal))),
             fmt::arg(
                 "fiscal",
                 say.name(std::string(
                     model::fiscal_class_names[static_cast<std::size_t>(replay.fiscal_class)])))) +
         "\n" +
         say("tr_run", fmt::arg("run", story.run), fmt::arg("file", story.file),
             fmt::arg("scenario",
                      story.labels.scenario(story.study.scenarios[replay.run.scenario].name)),
             fmt::arg("replicate", replay.run.id.replicate),
             fmt::arg("fixed", replay.run.fixed_demand ? say("tr_fixed") : ""),
             fmt::arg("first", quarter_text(story, 0)), fmt::arg("last", quarter_text(story, last)),
             fmt::arg("began", began(story))) +
         "\n\n" + verdict(story) + "\n\n" + cases_table(story) + "\n" + say("tr_columns") + "\n\n" +
         means_table(story) + "\n" + chronicle(story);
}

}  // namespace rathaus::commands
