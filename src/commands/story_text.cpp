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

std::string stopped_text(const CaseSummary& sum) {
  std::vector<std::string> parts;
  for (std::size_t c = 0; c < sum.stopped.size(); ++c)
    if (sum.stopped[c] > 0)
      parts.push_back(fmt::format("{} {}", model::constraint_names[c], sum.stopped[c]));
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string count_text(std::uint32_t count) {
  return count == 0 ? "-" : fmt::format("{}", count);
}

std::string cases_table(const Story& story) {
  const bool logit = story.study.rules.structure.decision_rule == model::DecisionRule::logit;
  Table table;
  table.head = {"use case", "at the end", "heard of", "weighed",  "chance", "wanted",    "applied",
                "awarded",  "pilots",     "failed",   "operated", "ended",  "stopped by"};
  table.right = {false, false, false, true, true, true, true, true, true, true, true, true, false};
  for (std::uint8_t u = 0; u < story.study.rules.use_cases.size(); ++u) {
    const CaseSummary sum = summary_of(story, u);
    const std::string chance =
        logit && sum.weighed > 0 ? fmt::format("{:.1f} %", 100.0 * sum.chance / sum.weighed) : "-";
    table.rows.push_back(
        {story.study.rules.use_cases[u].name, model::stage_names[story.replay.stage.back()[u]],
         sum.heard ? quarter_text(story, *sum.heard) : "-", count_text(sum.weighed), chance,
         count_text(sum.wanted), count_text(sum.applied), count_text(sum.awarded),
         count_text(sum.pilots), count_text(sum.failed), count_text(sum.operations),
         count_text(sum.discontinued), stopped_text(sum)});
  }
  return table.text();
}

/// One or two sentences: how far it came, and what stopped it most often.
std::string verdict(const Story& story) {
  const auto& events = story.replay.events;
  const auto first = std::ranges::find_if(events, [](const Event& event) {
    return event.kind == EventKind::operation_started || event.kind == EventKind::ran_at_start;
  });
  std::string text =
      first == events.end()
          ? "No service ever came into operation."
          : fmt::format(
                "It runs {} of {} services at the end; the first {} {}.",
                story.replay.means.back().running, story.study.rules.use_cases.size(),
                first->kind == EventKind::ran_at_start ? "ran before" : "came into operation in",
                quarter_text(story, first->quarter));
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
    text +=
        fmt::format(" A pilot was on the agenda {} times and wanted {} times.", weighed, wanted);
  if (attempts > 0) {
    const auto most = std::ranges::max_element(stopped);
    text += fmt::format(" {} attempts were stopped, {} of them for lack of {}.", attempts, *most,
                        model::constraint_names[static_cast<std::size_t>(most - stopped.begin())]);
  }
  return text;
}

// Means at the end of every year

std::string means_table(const Story& story) {
  Table table;
  table.head = {"after",         "reserve EUR", "staff FTE",  "data",    "trust",
                "peers running", "services",    "cooperates", "strategy"};
  table.right = {false, true, true, true, true, true, true, false, false};
  const auto quarters = static_cast<std::uint32_t>(story.replay.means.size());
  for (std::uint32_t t = std::min(3u, quarters - 1); t < quarters; t += 4) {
    const MeansRecord& means = story.replay.means[t];
    const std::vector<double>& peers = story.replay.peers[t];
    double sum = 0.0;
    for (const double share : peers) sum += share;
    table.rows.push_back({quarter_text(story, static_cast<std::int32_t>(t)),
                          fmt::format("{:.0f}", means.reserve), fmt::format("{:.2f}", means.staff),
                          fmt::format("{:.2f}", means.data), fmt::format("{:.2f}", means.trust),
                          fmt::format("{:.1f} %", 100.0 * sum / static_cast<double>(peers.size())),
                          fmt::format("{}", means.running), means.member ? "yes" : "no",
                          means.strategy ? "yes" : "no"});
  }
  return table.text();
}

/// Where the run begins earlier than its results: what happened till then is told, too.
std::string began(const Story& story) {
  if (story.study.rules.spin_up == 0) return "";
  return fmt::format(" after a spin-up from {}", study::first_simulated(story.study).text());
}

}  // namespace

std::string story_text(const Story& story) {
  const model::Municipalities& m = story.municipalities;
  const std::uint32_t i = story.unit;
  const run::Replay& replay = story.replay;
  const auto last = static_cast<std::int32_t>(replay.means.size() - 1);
  return fmt::format(
      "{} ({}), {}, region {}: {} inhabitants ({}), fiscal strength {:.2f} ({})\n"
      "run {} of {}: scenario {}, replicate {}{}, {} to {}{}; simulated, not observed\n\n"
      "{}\n\n{}\n"
      "weighed: quarters in which a pilot was on the agenda; chance: how likely it was then to be "
      "wanted, on\naverage, with a grant where one was offered; stopped by: attempts by what they "
      "lacked\n\n"
      "{}\n{}",
      m.name[i], m.id[i], m.land_names[m.land[i]], m.region_names[m.region[i]], m.population[i],
      model::size_class_names[static_cast<std::size_t>(model::size_class_of(m.population[i]))],
      replay.fiscal, model::fiscal_class_names[static_cast<std::size_t>(replay.fiscal_class)],
      story.run, story.file, story.study.scenarios[replay.run.scenario].name,
      replay.run.id.replicate, replay.run.fixed_demand ? ", demand held fixed" : "",
      quarter_text(story, 0), quarter_text(story, last), began(story), verdict(story),
      cases_table(story), means_table(story), chronicle(story));
}

}  // namespace rathaus::commands
