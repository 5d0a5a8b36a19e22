// What members of an IT-provider group that offers a use case pay, and to whom [ODD 7.24].
#pragma once

#include "model/state.h"
#include "rules/common_solutions.h"

namespace rathaus::model {

/// Who delivers a use case to the members of a unit's group in this quarter, or no_common.
inline std::uint8_t offering_vendor(const World& world, const State& state, std::uint32_t use_case,
                                    std::uint32_t unit) {
  if ((state.on_offer & only(use_case)) == 0) return no_common;
  return state.offer_vendor[std::size_t{use_case} * world.providers + world.provider[unit]];
}

/// A project or service with this vendor is a common solution of the unit's group.
inline bool is_common(const World& world, const State& state, std::uint32_t use_case,
                      std::uint32_t unit, std::uint8_t vendor) {
  return vendor != no_common && offering_vendor(world, state, use_case, unit) == vendor;
}

/// What a project of one unit with one vendor is reckoned by: ψ, and the least that it costs or
/// takes.
struct Terms {
  double scale, least;
};

/// By a law of scale, of a project that costs or takes at least so much where one unit bears it
/// alone; `sharers` would share it in a pool [eqs. 1, 71, 74].
inline Terms terms_of(const World& world, const State& state, std::uint8_t law,
                      std::uint32_t use_case, std::uint32_t unit, std::uint8_t vendor, double least,
                      double sharers) {
  const double scale = state.scale_by(law)[unit];
  if (is_common(world, state, use_case, unit, vendor)) {
    const double relief = world.rules.parameters.offer_relief;
    const double offered =
        rules::offered_scale(world.scale_alone[std::size_t{law} * world.units + unit], relief);
    if (offered < scale) return {offered, rules::least_under_offer(least, relief)};
  }
  return {scale, least > 0.0 ? rules::least_of_project(least, sharers) : 0.0};
}

}  // namespace rathaus::model
