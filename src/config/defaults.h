// What an experiment gets that says nothing else; what hangs on the country its model says
// (model_folder/country.h).
#pragma once

#include <cstdint>

#include "study/study.h"

namespace rathaus::config {

inline constexpr std::uint64_t default_seed = 1;
inline constexpr std::uint32_t default_quarters = 80;
inline constexpr std::uint32_t default_replicates = 1;
inline constexpr std::uint32_t default_horizon = 40;  //!< of the question, after support starts

}  // namespace rathaus::config
