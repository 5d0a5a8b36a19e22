// Paths through the calendar and what they are worth in the quarters of a run.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "config/model.h"
#include "config/quantity.h"
#include "config/reader.h"

namespace rathaus::config {

struct SeriesField {
  Quantity quantity;
  std::vector<double> model::Series::*member;
};

/// Every series that has a path, in the order of Model::series.
std::span<const SeriesField, series_count> series_fields();

inline constexpr std::string_view compliance_key = "compliance_from";

/// Reads {interpolation, path} out of a table that may have other keys.
std::optional<Path> read_path(Table& table, const Quantity& quantity);

/// One value a quarter from `start` on.
std::vector<double> expand(const Path& path, experiment::CalendarQuarter start,
                           std::uint32_t quarters);

/// 1 from the quarter `from` on, else 0.
std::vector<double> step_from(experiment::CalendarQuarter from, experiment::CalendarQuarter start,
                              std::uint32_t quarters);

}  // namespace rathaus::config
