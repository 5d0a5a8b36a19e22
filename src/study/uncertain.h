// Numbers that are not known: how they are distributed, and what in a run they set.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "model/rules.h"

namespace rathaus::study {

enum class Shape : std::uint8_t { uniform, log_uniform, triangular, normal, lognormal };

struct ShapeInfo {
  std::string_view name;
  std::size_t numbers;  //!< how many numbers describe it
  std::string_view meaning;
};
inline constexpr std::array<ShapeInfo, 5> shape_infos{{
    {"uniform", 2, "[lowest, highest]"},
    {"log_uniform", 2, "[lowest, highest], both above 0"},
    {"triangular", 3, "[lowest, mode, highest]"},
    {"normal", 2, "[mean, standard deviation]"},
    {"lognormal", 2, "{ median, p95 }"},
}};

/// A distribution within hard bounds; what would lie outside them is cut off and the rest scaled.
struct Distribution {
  Shape shape = Shape::uniform;
  std::array<double, 3> by{};  //!< as shape_infos says
  double lowest{}, highest{};  //!< hard bounds of the number
};

/// As in the file: "{ triangular = [0, 2, 4] }".
std::string text_of(const Distribution& distribution);

/// What an uncertain number sets. Columns of the tables of use cases and vendors are set by a
/// factor on all their rows.
struct Address {
  enum class Kind : std::uint8_t {
    parameter,
    coefficient,
    use_case_factor,
    vendor_factor,
    port,
    programme_number,
  };
  Kind kind = Kind::parameter;
  std::size_t field = 0;  //!< index into the fields of the struct or programme_numbers, or the port
  std::string programme;  //!< of a port or a number of a programme
};

/// One number of [uncertain].
struct Uncertain {
  std::string path;  //!< as in the file: "beta_peer", "programme.advice.ports.coop"
  std::string unit;
  std::string meaning;
  Address address;
  Distribution distribution;
  double standard{};   //!< what it would be without [uncertain]
  bool joint = false;  //!< drawn with others, as a whole vector of the study's ensemble
};

/// What the number is in the rules of a theory where it is not set.
double standing(const Uncertain& number, const model::Rules& rules);

/// Sets the number in the rules of a run, its programmes included. A programme that the scenario
/// does not run is left alone. Factors keep every cell within its hard bounds.
void set(const Address& address, double value, model::Rules& rules);

}  // namespace rathaus::study
