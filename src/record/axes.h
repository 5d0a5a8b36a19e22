// The axes of the result file: what their places are called and how many there are.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/municipalities.h"
#include "study/study.h"

namespace rathaus::record {

/// What decides how long an axis is.
struct AxisSource {
  const study::Study& study;
  const model::Municipalities& municipalities;
};

struct Axis {
  std::string_view name;
  std::string_view long_name;
  std::vector<std::string_view> labels = {};  //!< the same in every study; else empty
  std::vector<std::string> (*labels_of)(const AxisSource&) = nullptr;  //!< those of a study
  std::size_t (*length_of)(const AxisSource&) = nullptr;  //!< of an axis whose places are numbered
  bool (*is_held)(const study::Study&) = nullptr;         //!< always, if there is none
};

/// All but run, whose length is known at the end; in the order of the file.
std::span<const Axis> axes();
/// std::out_of_range if there is none of that name.
const Axis& axis(std::string_view name);

/// Empty if its places are numbered.
std::vector<std::string> labels_of(const Axis& axis, const AxisSource& source);
std::size_t length_of(const Axis& axis, const AxisSource& source);
bool is_held(const Axis& axis, const study::Study& study);

/// The groupings of units that a study may ask for; size_class is always there.
inline constexpr std::array<std::string_view, 3> grouping_names{"size_class", "land",
                                                                "fiscal_class"};

/// Names of the programmes of all scenarios, in order of first use.
std::vector<std::string> programme_names(const study::Study& study);
/// Whether runs are told beside their baseline: several scenarios, or any programme.
bool has_pairs(const study::Study& study);
/// Quarters that horizons end before.
std::vector<std::uint32_t> horizons_of(const study::Study& study);

}  // namespace rathaus::record
