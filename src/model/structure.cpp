#include "model/structure.h"

#include <array>
#include <vector>

#include "model/applications.h"
#include "model/decision.h"
#include "model/vendor_rules.h"

namespace rathaus::model {
namespace {

constexpr std::array<std::string_view, 2> truth{"false", "true"};
constexpr std::array<std::string_view, 2> funnels{"full", "collapsed"};
constexpr std::array<std::string_view, 2> peer_sets{"network", "global"};
constexpr std::array<std::string_view, 3> rebound_forms{"linear", "isoelastic", "none"};
constexpr std::array<std::string_view, 2> arrival_orders{"simultaneous", "sequential"};

/// The names of a list of rules.
template <auto rules>
std::span<const std::string_view> names_of() {
  static const auto names = [] {
    std::vector<std::string_view> all;
    for (const auto& rule : rules()) all.push_back(rule.name);
    return all;
  }();
  return names;
}

/// A switch over the words of `member`, in the order of its enumerators.
template <auto member>
constexpr Switch switch_of(std::string_view name, std::span<const std::string_view> words,
                           std::string_view meaning) {
  using Value = std::remove_reference_t<decltype(Structure{}.*member)>;
  return {name,
          words,
          std::is_same_v<Value, bool>,
          meaning,
          [](const Structure& s) { return static_cast<std::size_t>(s.*member); },
          [](Structure& s, std::size_t word) { s.*member = static_cast<Value>(word); }};
}

}  // namespace

std::span<const Switch> switches() {
  using S = Structure;
  static const std::array list{
      switch_of<&S::decision_rule>("decision_rule", names_of<decision_rules>(),
                                   "how a pilot is decided"),
      switch_of<&S::funnel>("funnel", funnels, "collapsed: a served launch is scaled at once"),
      switch_of<&S::vendor_choice>("vendor_choice", names_of<vendor_choices>(),
                                   "how a vendor is chosen"),
      switch_of<&S::slot_priority>("slot_priority", names_of<slot_priorities>(),
                                   "whom a busy vendor serves first"),
      switch_of<&S::peer_set>("peer_set", peer_sets, "global: everybody sees everybody"),
      switch_of<&S::rebound_form>("rebound_form", rebound_forms, "none: demand held fixed"),
      switch_of<&S::arrivals>("arrivals", arrival_orders,
                              "sequential: in quarter t only unit t decides"),
      switch_of<&S::waiting>("waiting", names_of<waiting_rules>(),
                             "who puts a launch off until an announced call opens"),
      switch_of<&S::feasibility>("feasibility", truth, "tests of money, staff and data"),
      switch_of<&S::vendor_capacity>("vendor_capacity", truth, "limited delivery slots"),
      switch_of<&S::vendor_scale>("vendor_scale", truth,
                                  "vendor table scaled with the number of units"),
      switch_of<&S::start_aware>("start_aware", truth, "all cells start aware"),
      switch_of<&S::lone_groups>("lone_groups", truth,
                                 "an IT-provider group of one member counts as half of its peers"),
  };
  return list;
}

}  // namespace rathaus::model
