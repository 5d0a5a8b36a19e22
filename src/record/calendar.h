// When it was: CF time beside the number of a quarter.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "hdf5/group.h"
#include "study/study.h"

namespace rathaus::record {

/// Days from the 1st of January of the year in which the run starts to the last day of a quarter of
/// the run: values hold after it, and the year is its own.
std::int32_t last_day(const study::Study& study, std::uint32_t quarter);

/// The calendar quarter, "2026-Q1".
std::string quarter_text(const study::Study& study, std::uint32_t quarter);

/// The variables `time` and `quarter_label` of a group along one of its dimensions, whose places
/// are these quarters of the run. What lies along that dimension names them as its coordinates.
void write_calendar(hdf5::Group& group, const std::string& dimension, const study::Study& study,
                    std::span<const std::uint32_t> quarters);

/// `time_bounds` of the root: first day of each quarter, first day after it.
void write_time_bounds(hdf5::Group& root, const study::Study& study);

}  // namespace rathaus::record
