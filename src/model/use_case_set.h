// Sets of use cases as bits: with them a step visits only the cells that it concerns.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "model/tables.h"

namespace rathaus::model {

using UseCaseSet = std::uint16_t;
static_assert(max_use_cases <= 16);

inline UseCaseSet only(std::uint32_t use_case) {
  return static_cast<UseCaseSet>(1u << use_case);
}

/// Calls body(member) for the members of a set, such as use cases, programmes or vendors,
/// ascending. The set is taken by value: the body may change the one it came from.
template <class Body>
void for_each(std::uint32_t set, Body body) {
  for (std::uint32_t rest = set; rest != 0; rest &= rest - 1)
    body(static_cast<std::uint32_t>(std::countr_zero(rest)));
}

/// The funnel. A failed or stranded pilot and a discontinued service fall back to aware.
enum Stage : std::uint8_t { none, aware, pilot, operation, scaled };
inline constexpr std::array<const char*, 5> stage_names{"none", "aware", "pilot", "operation",
                                                        "scaled"};

/// Number of members; without the instruction that not every processor has.
inline int size(UseCaseSet set) {
  unsigned s = set;
  s = s - (s >> 1 & 0x5555u);
  s = (s & 0x3333u) + (s >> 2 & 0x3333u);
  s = (s + (s >> 4)) & 0x0f0fu;
  return static_cast<int>((s + (s >> 8)) & 0x1fu);
}

/// The use cases of one unit by stage; they split the whole set.
struct StageSets {
  std::array<UseCaseSet, stage_names.size()> in{};

  UseCaseSet running() const { return static_cast<UseCaseSet>(in[operation] | in[scaled]); }
  UseCaseSet started() const { return static_cast<UseCaseSet>(in[pilot] | running()); }

  void move(std::uint32_t use_case, Stage from, Stage to) {
    in[from] = static_cast<UseCaseSet>(in[from] & ~only(use_case));
    in[to] |= only(use_case);
  }
};

}  // namespace rathaus::model
