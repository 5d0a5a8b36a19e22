// Which points of the unknown are run.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "study/ensemble.h"
#include "study/uncertain.h"

namespace rathaus::study {

enum class DesignMethod : std::uint8_t {
  none,  //!< one point: what the model says
  latin_hypercube,
  sobol,
  morris,
  full_factorial,
  list,
  keyed_hypercube,  //!< by the draws of the model's own generator: the shipped doubt
};
inline constexpr std::array<std::string_view, 7> design_method_names{
    "none", "latin_hypercube", "sobol", "morris", "full_factorial", "list", "keyed_hypercube"};

/// Where what is not known comes from.
enum class Doubt : std::uint8_t {
  none,         //!< one vector: chance alone, because the experiment says so
  own,          //!< the experiment's own [uncertain], [design] or [alternatives]
  shipped,      //!< lent by the model: its ensemble and the ranges of its catalogue
  not_shipped,  //!< one vector: the model has no ensemble to lend
};
inline constexpr std::array<std::string_view, 4> doubt_names{"none", "own", "shipped",
                                                             "not_shipped"};

struct Design {
  DesignMethod method = DesignMethod::none;
  std::uint32_t size = 1;    //!< points of a hypercube, base of a Saltelli block, trajectories
  std::uint32_t levels = 4;  //!< of each number in morris (even) and full_factorial

  std::uint32_t points = 1;
  /// Blocks of what follows: 1, or one for each rival theory where each has an ensemble of its own.
  std::uint32_t blocks = 1;
  std::vector<double> unit_cube;  //!< [block][point][uncertain] in (0, 1)
  /// The same shape, in the units of the numbers; NaN in both: the theory's own value stands.
  std::vector<double> value;

  bool shared = false;  //!< a list whose points are to share their chance
  std::uint32_t saltelli =
      0;  //!< base of a list that is a Saltelli sample of another tool; 0: none

  /// In sobol and morris designs all points meet the same chance events, so that differences
  /// between points are due to the numbers alone (metrics.md section 8); in a list on demand.
  bool shares_chance() const {
    return method == DesignMethod::sobol || method == DesignMethod::morris || shared;
  }
};

/// Points that a method asks for; 0 if that is more than a 32-bit number holds.
std::uint32_t points_of(const Design& design, std::size_t numbers);

/// Morris moves a number over its whole range. A normal or lognormal one has none: it is moved
/// between the quantiles `tail` and 1 − `tail`, the central 95 %.
inline constexpr double tail = 0.025;
bool is_cut(const Design& design, const Uncertain& number);
/// What is to be said of it; empty if nothing is cut.
std::string tails_cut(const Design& design, std::span<const Uncertain> numbers);

/// Draws the points of a method and turns them into values; a list keeps its values and gets its
/// place in the unit cube. The generator of OpenTURNS is global: call it before any thread starts.
///
/// sobol: a Saltelli block [A, B, A with column 1 of B, …, A with column k of B] from a randomly
/// shifted Sobol sequence in 2k dimensions (Saltelli 2002). morris: trajectories on a grid of
/// `levels` with steps of levels/(2(levels − 1)) (Morris 1991). full_factorial: all combinations of
/// the middles of `levels` equal parts.
///
/// With ensembles, of which the first numbers come, a hypercube has one dimension for the choice of
/// a vector, by weight, beside those of the other numbers; no other method is possible. Several
/// make a block each: the place among the vectors and the other numbers of a point are the same in
/// all.
void draw(Design& design, std::span<const Uncertain> numbers, std::uint64_t seed,
          std::span<const Ensemble> ensembles = {});

}  // namespace rathaus::study
