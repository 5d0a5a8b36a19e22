// What a support programme can act on: a port is a row of this list and the line of a step that
// asks for it [ODD section 7.23].
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "model/structure.h"

namespace rathaus::model {

/// In the order of the ODD's fields of action.
enum class Port : std::uint8_t {
  evid,
  aware,
  trust,
  strategy,
  staff,
  coop,
  data,
  grant_pilot,
  grant_scale,
  portability,
  cert,
  central,
};

/// How the gains of several programmes that act on a unit combine [eq. 59].
enum class Combination : std::uint8_t {
  sum,      //!< Σ g; 0 without any
  product,  //!< Π(1 − g), what is left of what the port takes away; 1 without any
  none,     //!< a grant: one per application
};

struct PortInfo {
  Port rule;
  std::string_view name;
  std::string_view unit;
  double highest;  //!< of a gain; the lowest is 0
  Combination combination;
  std::string_view meaning;
};

namespace ports {
using enum Port;
using enum Combination;
inline constexpr std::array list{
    PortInfo{evid, "evid", "1", 1.0, product, "share of the doubt that is removed"},
    PortInfo{aware, "aware", "1", 1000.0, sum, "factor on spontaneous awareness, less 1"},
    PortInfo{trust, "trust", "1", 1.0, sum, "rise of the set-point of trust"},
    PortInfo{strategy, "strategy", "1/quarter", 1.0, sum, "hazard of getting a strategy"},
    PortInfo{staff, "staff", "1/quarter", 1.0, sum,
             "qualified staff gained, as a share of regular posts"},
    PortInfo{coop, "coop", "1", 1000.0, sum,
             "factor on the hazard of joining a cooperation, less 1"},
    PortInfo{data, "data", "1/quarter", 1.0, sum,
             "share of the gap in data readiness that is closed"},
    PortInfo{grant_pilot, "grant_pilot", "1", 1.0, none, "share of the cost of a pilot"},
    PortInfo{grant_scale, "grant_scale", "1", 1.0, none,
             "share of the cost of operation and roll-out"},
    PortInfo{portability, "portability", "1", 1.0, product,
             "share of the growth of lock-in that is prevented"},
    PortInfo{cert, "cert", "1", 1.0, product,
             "share of the remaining risk that certification removes"},
    PortInfo{central, "central", "1/quarter", 1.0, sum,
             "hazard that the IT-provider group of supported members offers a use case, were it "
             "all of them"},
};
static_assert(is_in_order(list));
}  // namespace ports

inline constexpr auto port_names = [] {
  std::array<std::string_view, ports::list.size()> names;
  for (std::size_t p = 0; p < names.size(); ++p) names[p] = ports::list[p].name;
  return names;
}();

constexpr const PortInfo& info_of(Port port) {
  return ports::list[static_cast<std::size_t>(port)];
}

}  // namespace rathaus::model
