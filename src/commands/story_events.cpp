#include "commands/story_events.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "model/state.h"

namespace rathaus::commands {

using model::Event;
using model::EventKind;

double euro(model::Cents amount) {
  return static_cast<double>(amount) / 100.0;
}

std::string quarter_text(const Story& story, std::int32_t quarter) {
  return model::CalendarQuarter::from_index(story.study.start.index() + quarter).text();
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

std::array<bool, checked_constraints> lacking(const Event& event) {
  return {event.left.money < event.needed.money, event.left.staff < event.needed.staff,
          event.left.data < event.needed.data};
}

namespace {

std::string written(const Story& story, double number, int decimals) {
  return story.say.digits(fmt::format("{:.{}f}", number, decimals));
}

std::string lack_text(const Story& story, const Event& event) {
  const Words& say = story.say;
  const auto part = [&](const char* key, double needs, double has, int decimals) {
    return say(key, fmt::arg("needs", written(story, needs, decimals)),
               fmt::arg("has", written(story, has, decimals)));
  };
  std::vector<std::string> parts;
  if (event.left.money < event.needed.money)
    parts.push_back(part("tr_lacks_money", euro(event.needed.money), euro(event.left.money), 0));
  if (event.left.staff < event.needed.staff)
    parts.push_back(part("tr_lacks_staff", event.needed.staff, event.left.staff, 3));
  if (event.left.data < event.needed.data)
    parts.push_back(part("tr_lacks_data", event.needed.data, event.left.data, 3));
  return fmt::format("{}", fmt::join(parts, say("tr_and_lacks")));
}

const char* blocked_text(model::Step step) {
  switch (step) {
    case model::Step::pilot:
      return "tr_blocked_pilot";
    case model::Step::operation:
      return "tr_blocked_operation";
    case model::Step::roll_out:
      return "tr_blocked_roll_out";
  }
  return "";
}

/// One line of the chronicle; empty for what the table of use cases tells better.
std::string event_text(const Story& story, const Event& event) {
  const Words& say = story.say;
  const std::string service = say.name(case_name(story, event)), vendor = vendor_name(story, event);
  const std::string programme = story.labels.programme(programme_name(story, event));
  const std::string amount = written(story, euro(event.amount), 2);
  const std::string grant =
      programme.empty() ? "" : say("tr_with_grant", fmt::arg("programme", programme));
  const auto told = [&](const char* key, const auto&... more) {
    return say(key, fmt::arg("service", service), more...);
  };
  const auto by = fmt::arg("programme", programme), with = fmt::arg("vendor", vendor);
  const auto money = fmt::arg("money", amount), granted = fmt::arg("grant", grant);
  switch (event.kind) {
    case EventKind::weighed:
      return {};
    case EventKind::heard:
      return told("tr_heard");
    case EventKind::offered:
      return told("tr_offered");
    case EventKind::joined:
      return say("tr_joined");
    case EventKind::planned:
      return say("tr_planned");
    case EventKind::incident:
      return say("tr_incident");
    case EventKind::supported:
      return say("tr_supported", by, money);
    case EventKind::blocked:
      return told(blocked_text(event.step), fmt::arg("what", lack_text(story, event)));
    case EventKind::postponed:
      return told("tr_postponed", by);
    case EventKind::applied:
      return told("tr_applied", by, money);
    case EventKind::refused:
      return told("tr_refused", by);
    case EventKind::awarded:
      return told("tr_awarded", by, money);
    case EventKind::no_slot:
      return told("tr_no_slot", with);
    case EventKind::pilot_started:
      return told("tr_pilot_started", with, money, granted);
    case EventKind::pilot_succeeded:
      return told("tr_pilot_succeeded");
    case EventKind::pilot_failed:
      return told("tr_pilot_failed");
    case EventKind::pilot_stranded:
      return told("tr_pilot_stranded");
    case EventKind::operation_started:
      return told("tr_operation_started", money, granted);
    case EventKind::rolled_out:
      return told("tr_rolled_out", money, granted);
    case EventKind::ran_at_start:
      return told("tr_ran_at_start", with);
    case EventKind::discontinued:
      return told("tr_discontinued");
    case EventKind::renewed:
      return told("tr_renewed", with);
    case EventKind::switched:
      return told("tr_switched", with, money);
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
  std::int32_t last;
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

}  // namespace

std::string chronicle(const Story& story) {
  std::string text;
  for (const Entry& entry : entries_of(story)) {
    text += fmt::format("{}  {}", quarter_text(story, entry.event->quarter),
                        event_text(story, *entry.event));
    if (entry.count > 1)
      text += story.say("tr_times_until", fmt::arg("n", entry.count),
                        fmt::arg("quarter", quarter_text(story, entry.last)));
    text += "\n";
  }
  return text.empty() ? story.say("tr_nothing") + "\n" : text;
}

}  // namespace rathaus::commands
