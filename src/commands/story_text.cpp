#include "commands/story_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "commands/table.h"
#include "model/indicators.h"
#include "model/state.h"

namespace rathaus::commands {
namespace {

using experiment::MeansRecord;
using model::Event;
using model::EventKind;

constexpr std::size_t checked_constraints = 3;  // money, staff, data: what a unit needs itself

double euro(model::Cents amount) {
  return static_cast<double>(amount) / 100.0;
}

std::string quarter_text(const Story& story, std::uint32_t quarter) {
  return experiment::CalendarQuarter::from_index(story.study.start.index() +
                                                 static_cast<std::int32_t>(quarter))
      .text();
}

/// Means that an attempt lacked, in the order of the dimension `constraint`.
std::array<bool, checked_constraints> lacking(const Event& event) {
  return {event.left.money < event.needed.money, event.left.staff < event.needed.staff,
          event.left.data < event.needed.data};
}

// What became of the use cases

struct CaseSummary {
  std::optional<std::uint32_t> heard;
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
        sum.chance += 1.0 / (1.0 + std::exp(-event.value));
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
  const auto first = std::ranges::find(events, EventKind::operation_started, &Event::kind);
  std::string text =
      first == events.end()
          ? "No service ever came into operation."
          : fmt::format(
                "It runs {} of {} services at the end; the first came into operation in {}.",
                story.replay.means.back().running, story.study.rules.use_cases.size(),
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
    table.rows.push_back({quarter_text(story, t), fmt::format("{:.0f}", means.reserve),
                          fmt::format("{:.2f}", means.staff), fmt::format("{:.2f}", means.data),
                          fmt::format("{:.2f}", means.trust),
                          fmt::format("{:.1f} %", 100.0 * sum / static_cast<double>(peers.size())),
                          fmt::format("{}", means.running), means.member ? "yes" : "no",
                          means.strategy ? "yes" : "no"});
  }
  return table.text();
}

// What happened

std::string lack_text(const Event& event) {
  std::vector<std::string> parts;
  if (event.left.money < event.needed.money)
    parts.push_back(fmt::format("money (needs {:.0f} EUR, has {:.0f})", euro(event.needed.money),
                                euro(event.left.money)));
  if (event.left.staff < event.needed.staff)
    parts.push_back(fmt::format("staff (needs {:.3f} FTE, has {:.3f} free)", event.needed.staff,
                                event.left.staff));
  if (event.left.data < event.needed.data)
    parts.push_back(
        fmt::format("data (needs {:.3f}, has {:.3f})", event.needed.data, event.left.data));
  return fmt::format("{}", fmt::join(parts, " and "));
}

std::string programme_name(const Story& story, const Event& event) {
  if (event.programme == model::no_programme) return "";
  return story.study.scenarios[story.replay.run.scenario].programmes[event.programme].name;
}

std::string vendor_name(const Story& story, const Event& event) {
  return event.vendor == model::no_vendor ? "" : story.vendors[event.vendor];
}

std::string case_name(const Story& story, const Event& event) {
  const auto& use_cases = story.study.rules.use_cases;
  return event.use_case < use_cases.size() ? use_cases[event.use_case].name : "";
}

std::string attempt_text(model::Step step) {
  switch (step) {
    case model::Step::pilot:
      return "cannot start a pilot of";
    case model::Step::operation:
      return "cannot take into operation";
    case model::Step::roll_out:
      return "cannot roll out";
  }
  return {};
}

/// One line of the chronicle; empty for what the table of use cases tells better.
std::string event_text(const Story& story, const Event& event) {
  const std::string use_case = case_name(story, event);
  const std::string programme = programme_name(story, event);
  const std::string grant = programme.empty() ? "" : fmt::format(", with a grant of {}", programme);
  const double amount = euro(event.amount);
  switch (event.kind) {
    case EventKind::weighed:
      return {};
    case EventKind::heard:
      return "hears of " + use_case;
    case EventKind::joined:
      return "joins the cooperation of its region";
    case EventKind::planned:
      return "adopts a strategy";
    case EventKind::incident:
      return "a service fails in public, trust falls";
    case EventKind::supported:
      return fmt::format("is supported by {} ({:.2f} EUR)", programme, amount);
    case EventKind::blocked:
      return fmt::format("{} {}: not enough {}", attempt_text(event.step), use_case,
                         lack_text(event));
    case EventKind::postponed:
      return fmt::format("waits with {} for the call of {}", use_case, programme);
    case EventKind::applied:
      return fmt::format("applies to {} for {} ({:.2f} EUR)", programme, use_case, amount);
    case EventKind::refused:
      return fmt::format("is refused by {} for {}", programme, use_case);
    case EventKind::awarded:
      return fmt::format("is awarded {:.2f} EUR by {} for {}", amount, programme, use_case);
    case EventKind::no_slot:
      return fmt::format("finds no slot at {} for {}", vendor_name(story, event), use_case);
    case EventKind::pilot_started:
      return fmt::format("starts a pilot of {} with {}, paying {:.2f} EUR itself{}", use_case,
                         vendor_name(story, event), amount, grant);
    case EventKind::pilot_succeeded:
      return "the pilot of " + use_case + " succeeds";
    case EventKind::pilot_failed:
      return "the pilot of " + use_case + " fails";
    case EventKind::pilot_stranded:
      return "the pilot of " + use_case + " strands: it succeeded and never came into operation";
    case EventKind::operation_started:
      return fmt::format("{} comes into operation, paying {:.2f} EUR itself{}", use_case, amount,
                         grant);
    case EventKind::rolled_out:
      return fmt::format("{} is rolled out to all, paying {:.2f} EUR itself{}", use_case, amount,
                         grant);
    case EventKind::discontinued:
      return use_case + " is given up";
    case EventKind::renewed:
      return fmt::format("renews the contract for {} with {}", use_case, vendor_name(story, event));
    case EventKind::switched:
      return fmt::format("moves {} to {} for {:.2f} EUR", use_case, vendor_name(story, event),
                         amount);
  }
  return {};
}

/// The same again, such as an attempt that fails for the same reasons.
bool same(const Event& a, const Event& b) {
  if (a.kind != b.kind || a.use_case != b.use_case) return false;
  if (a.kind == EventKind::blocked) return a.step == b.step && lacking(a) == lacking(b);
  if (a.kind == EventKind::supported) return a.programme == b.programme;
  return a.kind == EventKind::no_slot && a.vendor == b.vendor;
}

/// One event, or the first of several like it.
struct Entry {
  const Event* event;
  std::uint32_t last;
  std::uint32_t count = 1;
};

/// What happens again and again, with nothing else happening to the use case in between, is told
/// once.
std::vector<Entry> entries_of(const Story& story) {
  std::vector<Entry> entries;
  for (const Event& event : story.replay.events) {
    if (event.kind == EventKind::weighed) continue;
    const auto earlier = std::find_if(entries.rbegin(), entries.rend(), [&](const Entry& entry) {
      return entry.event->use_case == event.use_case;
    });
    if (earlier != entries.rend() && same(*earlier->event, event)) {
      earlier->last = event.quarter;
      ++earlier->count;
    } else {
      entries.push_back({&event, event.quarter});
    }
  }
  return entries;
}

std::string chronicle(const Story& story) {
  std::string text;
  for (const Entry& entry : entries_of(story)) {
    text += fmt::format("{}  {}", quarter_text(story, entry.event->quarter),
                        event_text(story, *entry.event));
    if (entry.count > 1)
      text += fmt::format("; {} times until {}", entry.count, quarter_text(story, entry.last));
    text += "\n";
  }
  return text.empty() ? "nothing\n" : text;
}

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

std::string story_text(const Story& story) {
  const model::Municipalities& m = story.municipalities;
  const std::uint32_t i = story.unit;
  const experiment::Replay& replay = story.replay;
  const auto last = static_cast<std::uint32_t>(replay.means.size() - 1);
  return fmt::format(
      "{} ({}), {}, region {}: {} inhabitants ({}), fiscal strength {:.2f} ({})\n"
      "run {} of {}: scenario {}, replicate {}{}, {} to {}; simulated, not observed\n\n"
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
      quarter_text(story, 0), quarter_text(story, last), verdict(story), cases_table(story),
      means_table(story), chronicle(story));
}

std::string story_json(const Story& story) {
  const model::Municipalities& m = story.municipalities;
  const experiment::Replay& replay = story.replay;
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
    nlohmann::ordered_json row{{"quarter", quarter_text(story, t)},
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
