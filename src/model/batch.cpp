#include "model/batch.h"

#include <algorithm>

namespace rathaus::model {

SupportLanes::SupportLanes() {
  for (std::size_t port = 0; port < ports.size(); ++port) ports[port].fill(unsupported.ports[port]);
}

void SupportLanes::set(std::uint32_t lane, const Support& support) {
  for (std::size_t port = 0; port < ports.size(); ++port) ports[port][lane] = support.ports[port];
}

namespace {

/// The members of a unit's pool, or nobody but itself.
RATHAUS_LANES void find_sharers(const World& world, const State& state, std::uint32_t first,
                                PerLane<std::int32_t>& sharers) {
  const std::uint8_t* const member = &state.member[first];
  const std::uint32_t* const region = &world.region[first];
  const std::uint32_t* const members = state.pool_members.data();
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    const auto pool = static_cast<std::int32_t>(members[region[l]]);
    sharers[l] = member[l] != 0 ? pool : 1;
  }
}

}  // namespace

Batch::Batch(const World& the_world, const random::Key& the_key, State& the_state,
             Report& the_report, std::uint32_t the_first)
    : world(the_world),
      key(the_key),
      state(the_state),
      report(the_report),
      first(the_first),
      present(the_world.present(the_first / batch_units)),
      support(the_world.rules.programmes.empty() ? unsupported_lanes : gains.emplace().lanes),
      events(draws(random::Process::unit_events)) {
  find_sharers(world, state, first, sharers);
  if (!gains) return;
  for_each_lane(present, [&](std::uint32_t l) {
    gains->each[l] = support_of(world, state.funding, first + l);
    gains->lanes.set(l, gains->each[l]);
  });
}

RATHAUS_LANES void add_up(std::span<const ClassShare> shares,
                          std::initializer_list<Contribution> contributions, Totals& totals) {
  PerLane<std::int64_t> select;
  for (const ClassShare& share : shares) {
    for (std::uint32_t l = 0; l < batch_units; ++l) select[l] = share.select[l];
    Row& row = totals.joint[share.joint_class];
    for (const Contribution& c : contributions) {
      std::int64_t sum = 0;
      for (std::uint32_t l = 0; l < batch_units; ++l) sum += c.value[l] & select[l];
      row[c.indicator] += sum;
    }
  }
}

namespace {

RATHAUS_LANES Lanes words_below(const random::Row& words, std::uint32_t limit) {
  return lanes_where([&](std::uint32_t l) { return words[l] < limit; });
}

}  // namespace

Lanes below(const random::Row& draw, double probability) {
  const std::uint64_t limit = random::words_below(probability);
  return limit > UINT32_MAX ? ~Lanes{0} : words_below(draw, static_cast<std::uint32_t>(limit));
}

RATHAUS_LANES void find_chances(const PerLane<double>& probability, Chances& chances) {
  // as random::words_below
  PerLane<double> bound;
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    bound[l] = std::max(0.0, probability[l] * 0x1p32 - 0.5);
    const double most = std::min(bound[l], 0x1p32 - 2.0);
    const auto whole = static_cast<std::uint32_t>(most);
    chances.words[l] = whole + (bound[l] > static_cast<double>(whole));
  }
  chances.certain = lanes_where([&](std::uint32_t l) { return bound[l] > 0x1p32 - 1.0; });
}

RATHAUS_LANES Lanes below(const random::Row& draw, const Chances& chances) {
  return chances.certain | lanes_where([&](std::uint32_t l) { return draw[l] < chances.words[l]; });
}

Lanes noted(const Batch& batch) {
  const Journal* const journal = batch.state.journal;
  if (journal == nullptr || journal->unit - batch.first >= batch_units) return 0;
  return Lanes{1} << (journal->unit - batch.first);
}

}  // namespace rathaus::model
