// What happened to one unit, event by event, for whoever asks why it did or did not adopt.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/indicators.h"
#include "model/programmes.h"

namespace rathaus::model {

enum class EventKind : std::uint8_t {
  heard,          //!< of a use case
  weighed,        //!< a pilot was on the agenda; see `value` and `wanted`
  offered,        //!< its IT-provider group offers a use case from now on
  joined,         //!< the cooperation of its region, from the next quarter on
  planned,        //!< got a strategy, from the next quarter on
  incident,       //!< of a running service
  supported,      //!< by a stock programme; amount: what it paid
  blocked,        //!< an attempt failed; see `violated`, `needed` and `left`
  postponed,      //!< waits for an announced call
  applied,        //!< amount: the grant asked for
  refused,        //!< the call was closed before its turn
  awarded,        //!< amount: the grant
  no_slot,        //!< its vendor had no slot left
  pilot_started,  //!< amount: its own cost
  pilot_succeeded,
  pilot_failed,
  pilot_stranded,
  operation_started,  //!< amount: its own cost
  rolled_out,         //!< amount: its own cost
  discontinued,
  renewed,       //!< contract with the same vendor
  switched,      //!< amount: switching cost
  ran_at_start,  //!< a service that runs before the first quarter
};
inline constexpr std::array<std::string_view, 23> event_names{
    "heard",        "weighed",        "offered",           "joined",        "planned",
    "incident",     "supported",      "blocked",           "postponed",     "applied",
    "refused",      "awarded",        "no_slot",           "pilot_started", "pilot_succeeded",
    "pilot_failed", "pilot_stranded", "operation_started", "rolled_out",    "discontinued",
    "renewed",      "switched",       "ran_at_start"};

/// What an attempt needs, or what there is.
struct Means {
  double data = 0.0;   //!< data readiness
  double staff = 0.0;  //!< [FTE]
  Cents money = 0;
};

struct Event {
  EventKind kind;
  std::int32_t quarter = 0;  //!< of the results; negative: before they begin
  std::uint8_t use_case = 255;
  std::uint8_t vendor = 255;
  std::uint8_t programme = no_programme;
  Cents amount = 0;
  Step step = Step::pilot;  //!< of a blocked attempt
  Means needed{}, left{};   //!< of a blocked attempt
  double value = 0.0;       //!< of a pilot that was weighed: U under logit, x under payback
  bool wanted = false;      //!< it was found worth starting, with a grant where one is offered
};

/// Notes the events of one unit; every other unit goes unnoticed.
struct Journal {
  std::uint32_t unit = 0;
  std::vector<Event> events;
};

}  // namespace rathaus::model
