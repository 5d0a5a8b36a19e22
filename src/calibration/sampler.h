// ABC-SMC: generations of vectors whose simulations come ever closer to the patterns
// (Sisson, Fan and Tanaka 2007; Beaumont et al. 2009; tolerances as in Del Moral, Doucet and
// Jasra 2012).
//
// Proposals are numbered. What a number proposes and simulates depends on key, generation and
// number alone, and a generation is the first accepted ones in the order of their numbers. So the
// same request gives the same bits for any number of threads and any order of completion, and the
// accepted vectors are an unbiased sample: none is preferred for being simulated quickly.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "calibration/population.h"
#include "calibration/request.h"
#include "random/draw.h"

namespace rathaus::calibration {

struct Simulated {
  std::vector<double> statistic;  //!< [pattern]
  double distance = std::numeric_limits<double>::infinity();
};

/// What is calibrated.
struct Problem {
  std::size_t parameters = 0;
  std::size_t patterns = 0;
  /// From places in the priors to values; nothing where they are not possible together, which the
  /// prior excludes. Called from one thread at a time.
  std::function<std::optional<std::vector<double>>(std::span<const double> place)> values;
  /// A pure function; called from many threads. What is farther than the tolerance need not be
  /// simulated to its end.
  std::function<Simulated(std::uint64_t number, const std::vector<double>& values,
                          double tolerance)>
      simulate;
  /// How far a statistic is from its pattern.
  std::function<double(std::size_t pattern, double statistic)> apart;
};

enum class Ending : std::uint8_t {
  none,
  tolerance,    //!< reached
  acceptance,   //!< too few proposals are accepted
  simulations,  //!< spent
  generations,  //!< done
  no_progress,  //!< no vector is closer than the tolerance
  interrupted,
};

/// A generation, or why there is none.
struct Step {
  std::optional<Population> population;
  Ending ending = Ending::none;
};

/// As much of an unfinished generation as is done: given after every stretch of proposals.
using Keep = std::function<void(const Population&)>;

/// The generation after `last` (none: the first). It goes on with `begun`, if an earlier process
/// left it unfinished.
Step advance(const Problem& problem, const Request& request, const random::Key& key,
             const Population* last, std::optional<Population> begun = std::nullopt,
             const Keep& keep_begun = {}, const std::atomic<bool>* stop = nullptr);

/// Where a calibration stands: generations that are finished, and the next as far as it came.
struct Sofar {
  std::optional<Population> last, begun;
};

/// Until it ends; `keep` is called with every finished generation, `keep_begun` on the way to it.
Ending sample(const Problem& problem, const Request& request, const random::Key& key, Sofar sofar,
              const Keep& keep, const Keep& keep_begun = {},
              const std::atomic<bool>* stop = nullptr);

}  // namespace rathaus::calibration
