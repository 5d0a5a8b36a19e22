// Paths through the calendar and what they are worth in the quarters of a run.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model_folder/model.h"
#include "toml_reader/quantity.h"
#include "toml_reader/reader.h"

namespace rathaus::model_folder {

struct SeriesField {
  toml_reader::Quantity quantity;
  std::vector<double> model::Series::*member;
};

/// Every series that has a path, in the order of Model::series.
std::span<const SeriesField, series_count> series_fields();

inline constexpr std::string_view compliance_key = "compliance_from";

/// Reads {interpolation, path} out of a table that may have other keys.
std::optional<Path> read_path(toml_reader::Table& table, const toml_reader::Quantity& quantity);

/// One value a quarter from `start` on.
std::vector<double> expand(const Path& path, model::CalendarQuarter start, std::uint32_t quarters);

/// 1 from the quarter `from` on, else 0.
std::vector<double> step_from(model::CalendarQuarter from, model::CalendarQuarter start,
                              std::uint32_t quarters);

}  // namespace rathaus::model_folder
