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
    case EventKind::offered:
      return "is offered " + use_case + " by its IT provider, as a common solution";
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
    case EventKind::ran_at_start:
      return fmt::format("runs {} with {} from before the first quarter", use_case,
                         vendor_name(story, event));
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
      text += fmt::format("; {} times until {}", entry.count, quarter_text(story, entry.last));
    text += "\n";
  }
  return text.empty() ? "nothing\n" : text;
}

}  // namespace rathaus::commands
