// One counter-based draw per event.
//
// A conventional generator is a tape: whoever draws first takes the first number, so a changed
// order of events, another thread or one more scenario reshuffles everybody's luck. Here a draw is
// looked up instead of taken: the event's name (who, about what, when, which process) is the
// counter of a block cipher-like function, Philox4x32-10 (Salmon et al. 2011, SC'11), and the run's
// key selects one of 2^64 independent functions. The same event in the same run has the same luck,
// whatever else happens; asking twice gives the same answer; not asking costs nothing.
#pragma once

#include <array>
#include <cstdint>

namespace rathaus::random {

/// Every process that draws; nothing else in the model is random (ODD, table of draws). The last is
/// none of the model: it draws the vectors of a calibration, with the key of the world.
enum class Process : std::uint32_t {
  world = 1,
  network = 2,
  traits = 3,
  unit_events = 20,
  discontinuation = 22,
  pilot_success = 23,
  awareness = 24,
  roll_out = 25,
  launch = 26,
  waiting = 27,
  award_score = 28,
  vendor_choice = 29,
  slot_priority = 30,
  vendor_exit = 31,
  vendor_entry = 32,
  switching = 33,
  renewal = 34,
  sites = 35,
  stock_recipients = 36,
  start = 37,
  common_solution = 38,
  proposal = 64,
};

/// The key of one run or of a drawn world.
struct Key {
  std::array<std::uint32_t, 2> word{};
  friend bool operator==(const Key&, const Key&) = default;
};

/// Key of the run (point, replicate) of a study [ODD eq. 49]. Scenario and alternative never enter,
/// so that paired runs share every draw.
Key run_key(std::uint64_t seed, std::uint32_t point, std::uint32_t replicate);

/// Key of a drawn world of a study: fiscal strength, synthetic sizes, network [ODD eq. 49]. That of
/// point 0 and replicate 0 is the world of a study that draws no other.
Key world_key(std::uint64_t seed, std::uint32_t point = 0, std::uint32_t replicate = 0);

/// Four neighbouring sub ids (4b, 4b+1, 4b+2, 4b+3) of one entity, quarter and process.
using Block = std::array<std::uint32_t, 4>;
Block block(const Key& key, Process process, std::uint32_t entity, std::uint32_t sub_block,
            std::uint32_t quarter);

/// Uniform in (0,1) from one word: (w + 1/2) * 2^-32; never 0, never 1 [ODD eq. 47].
constexpr double to_uniform(std::uint32_t word) {
  return (word + 0.5) * 0x1p-32;
}

/// How many words w, from 0 on, have to_uniform(w) < probability: (w + 1/2) 2^-32 < p is
/// w < ⌈p 2^32 − 1/2⌉, and for p ≤ 1 both the product and, where it matters, the difference are
/// exact.
constexpr std::uint64_t words_below(double probability) {
  if (!(probability > 0x1p-33)) return 0;
  if (probability >= 1.0) return std::uint64_t{1} << 32;
  const double bound = probability * 0x1p32 - 0.5;
  const auto whole = static_cast<std::uint64_t>(bound);
  return whole + (bound > static_cast<double>(whole));
}

/// The draw U(process, entity, sub, quarter) of a run [ODD eq. 47].
double uniform(const Key& key, Process process, std::uint32_t entity, std::uint32_t sub,
               std::uint32_t quarter);

/// Standard normal from the sub ids `sub` and `sub + 1` by Box and Muller (1958) [ODD eq. 48].
double normal(const Key& key, Process process, std::uint32_t entity, std::uint32_t sub,
              std::uint32_t quarter);

/// The draws of one entity, quarter and process, a block computed at most once.
/// For entities that are asked about neighbouring sub ids, such as the use cases of one unit.
class Draws {
 public:
  Draws(const Key& key, Process process, std::uint32_t entity, std::uint32_t quarter)
      : key_(key), process_(process), entity_(entity), quarter_(quarter) {}

  double operator()(std::uint32_t sub) {
    if (const std::uint32_t wanted = sub / 4; wanted != held_) {
      words_ = block(key_, process_, entity_, wanted, quarter_);
      held_ = wanted;
    }
    return to_uniform(words_[sub % 4]);
  }

 private:
  const Key& key_;
  Process process_;
  std::uint32_t entity_;
  std::uint32_t quarter_;
  std::uint32_t held_ = UINT32_MAX;
  Block words_{};
};

}  // namespace rathaus::random
