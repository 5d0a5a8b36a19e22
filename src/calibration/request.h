// What a calibration is asked for: the table [calibration].
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "patterns/pattern.h"
#include "study/study.h"

namespace rathaus::calibration {

/// How a generation comes of the one before.
enum class Method : std::uint8_t {
  smc,     //!< from a smoothed copy of it, with falling tolerance
  screen,  //!< from what the prior showed of each pattern, at once at the wanted tolerance
};
inline constexpr std::array<std::string_view, 2> method_names{"smc", "screen"};

struct Request {
  Method method = Method::smc;
  std::uint32_t particles = 500;  //!< accepted vectors of a generation
  double quantile = 0.5;          //!< of the distances: the tolerance of the next generation
  double tolerance = 1.0;  //!< at which it ends; 1: every accepted vector meets every pattern
  // it also ends, with what it has, when
  double acceptance = 0.005;            //!< fewer proposals than this share are accepted
  std::uint64_t simulations = 200'000;  //!< so many vectors were simulated
  std::uint32_t generations = 30;       //!< there were so many generations
  std::uint32_t training =
      5000;  //!< vectors of the prior, and as many again, that a screen is made of

  std::vector<patterns::Pattern> patterns;  //!< the distance is the largest of theirs
  std::string patterns_text;                //!< the file, verbatim
};

}  // namespace rathaus::calibration
