// What may be said of a gain, by fixed rules (docs/metrics.md, section "Verdicts"). They are
// written for 48 points, and hold in proportion for other numbers of them.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace rathaus::analysis {

enum class Verdict : unsigned char {
  holds,          //!< wanted, beyond the smallest relevant gain, at almost all points
  leans,          //!< at most of them
  open,           //!< none of the others
  no_difference,  //!< within the smallest relevant gain at almost all points
  harms,          //!< unwanted at almost all points
  unknown,        //!< there is one run, which tells nothing from chance
  mixed,          //!< of several theories: they do not agree
};
inline constexpr std::array<std::string_view, 7> verdict_names{
    "holds", "leans", "open", "no_difference", "harms", "unknown", "mixed"};

/// 46 of 48, 92 of 96: ⌈46n/48⌉.
std::size_t almost_all(std::size_t points);
/// 36 of 48: ⌈36n/48⌉.
std::size_t most(std::size_t points);

/// The 2nd to the 47th of 48 values: the r-th to the (n + 1 − r)-th, r = max(1, ⌊n/24⌋). It holds a
/// further draw with chance (n + 1 − 2r)/(n + 1): 91.8 % at 48. Infinite values have their place,
/// missing ones are left out; NaN without any.
struct Range {
  double low{}, middle{}, high{};  //!< middle: the median
};
Range range_of(std::span<const double> values);
/// r, the place of its lower end from below.
std::size_t rank_of_range(std::size_t points);
/// The chance that it holds a further draw.
double range_holds(std::size_t points);

struct Judged {
  Verdict verdict = Verdict::open;
  std::size_t points = 0, wanted = 0, unwanted = 0, missing = 0;  //!< the others make no difference
};

/// Gains at the points of a design; `more`: whether more is what is wanted.
Judged judge(std::span<const double> gains, bool more, double smallest);

/// What may be said under every theory: what they agree on; leans where some hold and the others
/// lean, since the gain is wanted at most points of each; else mixed.
Verdict verdict_of_all(std::span<const Verdict> verdicts);

/// Without points there is chance alone: the 95 % interval of the mean gain over replicates lies
/// beyond the smallest relevant gain (holds, harms), within it (no difference), or neither (open);
/// with one replicate nothing is known. `points` is 1, and nothing is counted.
Judged judge_by_chance(std::span<const double> gains, bool more, double smallest);

}  // namespace rathaus::analysis
