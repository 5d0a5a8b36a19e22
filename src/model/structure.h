// Rival rules and switches of limiting cases: which mechanism runs, not how strong it is.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace rathaus::model {

enum class DecisionRule { logit, threshold, bass, payback };
enum class Funnel { full, collapsed };
enum class VendorChoice { logit_share, logit_logcount, argmax_count, uniform };
enum class SlotPriority { size_weighted, random, large_first, small_first };
enum class PeerSet { network, global };
enum class ReboundForm { linear, isoelastic, none };
enum class Arrivals { simultaneous, sequential };
enum class Waiting { reckoned, share, none };

/// The `[structure]` of an experiment [ODD section 7.6]. The defaults are the model itself.
struct Structure {
  DecisionRule decision_rule = DecisionRule::logit;  //!< how a pilot is decided
  Funnel funnel = Funnel::full;  //!< collapsed: a served launch is SCALED at once
  VendorChoice vendor_choice = VendorChoice::logit_share;
  SlotPriority slot_priority = SlotPriority::size_weighted;  //!< order of clients at a vendor
  PeerSet peer_set = PeerSet::network;                       //!< global: everybody sees everybody
  ReboundForm rebound_form = ReboundForm::linear;            //!< none: demand held fixed
  Arrivals arrivals =
      Arrivals::simultaneous;           //!< sequential: in quarter t only unit t decides (tests)
  Waiting waiting = Waiting::reckoned;  //!< who puts a launch off until an announced call opens
  bool feasibility = true;              //!< tests of money, staff and data
  bool vendor_capacity = true;          //!< delivery slots
  bool vendor_scale = true;             //!< vendor table scaled with the number of units
  bool start_aware = false;             //!< all cells start AWARE
  /// An IT-provider group of one is half of what its member sees of its peers; else no group at
  /// all.
  bool lone_groups = false;
};

/// Rivals of a kind are rows in the order of their enumerators.
template <class Rows>
constexpr bool is_in_order(const Rows& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (static_cast<std::size_t>(rows[i].rule) != i) return false;
  return true;
}

/// One switch: its key and its words ("true" and "false" for booleans).
struct Switch {
  std::string_view name;
  std::span<const std::string_view> words;
  bool boolean;
  std::string_view meaning;
  std::size_t (*get)(const Structure&);  //!< index into `words`
  void (*set)(Structure&, std::size_t word);
};

/// Every switch once, in the order of the struct.
std::span<const Switch> switches();

}  // namespace rathaus::model
