// What an experiment gets that says nothing else.
#pragma once

#include <cstdint>

#include "study/study.h"

namespace rathaus::config {

inline constexpr std::uint64_t default_seed = 1;
inline constexpr model::CalendarQuarter default_start{2021, 1};
inline constexpr std::uint32_t default_quarters = 80;
inline constexpr std::uint32_t default_replicates = 1;
inline constexpr std::int32_t default_prices_of = 2025;  //!< the price year of models/germany
inline constexpr std::uint32_t default_horizon = 40;      //!< of the question, after support starts
inline constexpr double default_discount = 0.015;        //!< [1/year]

}  // namespace rathaus::config
