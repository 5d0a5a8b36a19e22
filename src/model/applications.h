// Which programme an attempt can turn to, what it would pay and what asking costs [ODD 7.23].
#pragma once

#include <span>
#include <string_view>

#include "model/turn.h"

namespace rathaus::model {

/// What a programme offers to one project of a unit.
struct Offer {
  std::uint8_t programme;
  double share;  //!< s, of the project's cost
  explicit operator bool() const { return programme != no_programme; }
};
inline constexpr Offer no_offer{no_programme, 0.0};

/// The same as best_offer, where a programme is open.
Offer best_open_offer(const Turn& turn, std::uint32_t use_case, Port port);

/// The open programme with the largest grant for this cell; none, if none admits it. `port` is
/// grant_pilot or grant_scale.
inline Offer best_offer(const Turn& turn, std::uint32_t use_case, Port port) {
  return turn.state.funding.open == 0 ? no_offer : best_open_offer(turn, use_case, port);
}

/// The same of a pilot that runs since `age` quarters, among calls that admit what began after
/// their announcement.
Offer best_late_offer(const Turn& turn, std::uint32_t use_case, std::uint8_t age);

/// min(share of the cost, cap, rest of the entitlement) [eq. 66]
Cents grant_of(const Turn& turn, const Offer& offer, Cents cost);

/// That reaches the least award of the programme; else nothing is applied for [eq. 76].
bool is_enough(const Turn& turn, const Offer& offer, Cents cost);

/// Staff that filing takes in the quarter [FTE, eq. 66]
double filing_effort(const Turn& turn, const Offer& offer);

/// Notes that the unit asks for money, and draws on its entitlement under `formula`.
void file(Turn& turn, std::uint32_t use_case, const Application& application);

/// One way to put a launch off [eq. 69].
struct WaitingInfo {
  Waiting rule;
  std::string_view name;
  /// The wish stands until the call opens; else it is drawn anew in the next quarter.
  bool keeps_wish;
  /// The programme whose announced call is awaited, or no_programme. Null: nobody waits.
  std::uint8_t (*awaited)(const Turn& turn, std::uint32_t use_case, Cents cost);
};

/// Every rule, in the order of the enumerators. A new one is a row and its enumerator.
std::span<const WaitingInfo> waiting_rules();
inline const WaitingInfo& info_of(Waiting rule) {
  return waiting_rules()[static_cast<std::size_t>(rule)];
}

/// A launch is put off because a call is announced that would pay part of it, and nothing of what
/// began before. `cost`: of the pilot.
bool waits_for_call(Turn& turn, std::uint32_t use_case, Cents cost);

/// Keys of the applications that the unit filed in this turn, from the given places of its report
/// on. `free_staff` is what is left after all claims [FTE, eq. 67].
void set_award_keys(Turn& turn, std::size_t first_order, std::size_t first_transition,
                    double free_staff);

}  // namespace rathaus::model
