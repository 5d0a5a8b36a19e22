#include "record/calendar.h"

#include <fmt/format.h>

#include <chrono>
#include <vector>

namespace rathaus::record {
namespace {

using model::CalendarQuarter;

CalendarQuarter calendar_quarter(const study::Study& study, std::uint32_t quarter) {
  return CalendarQuarter::from_index(study.start.index() + static_cast<std::int32_t>(quarter));
}

std::chrono::sys_days first_of(CalendarQuarter q) {
  return std::chrono::year(q.year) / (3 * (q.quarter - 1) + 1) / 1;
}

/// Days since the start year's 1st of January; `quarter` may be the one after the run.
std::int32_t first_day(const study::Study& study, std::uint32_t quarter) {
  const auto since = first_of({study.start.year, 1});
  return static_cast<std::int32_t>((first_of(calendar_quarter(study, quarter)) - since).count());
}

}  // namespace

std::int32_t last_day(const study::Study& study, std::uint32_t quarter) {
  return first_day(study, quarter + 1) - 1;
}

std::string quarter_text(const study::Study& study, std::uint32_t quarter) {
  return calendar_quarter(study, quarter).text();
}

void write_calendar(hdf5::Group& group, const std::string& dimension, const study::Study& study,
                    std::span<const std::uint32_t> quarters) {
  std::vector<std::string> labels;
  std::vector<std::int32_t> days;
  for (const std::uint32_t quarter : quarters) {
    labels.push_back(quarter_text(study, quarter));
    days.push_back(last_day(study, quarter));
  }
  group.variable<std::string>("quarter_label", {dimension}, {.long_name = "calendar quarter"})
      .write(labels);
  hdf5::Variable time = group.variable<std::int32_t>(
      "time", {dimension},
      {.units = fmt::format("days since {}-01-01", study.start.year),
       .long_name = "last day of the quarter",
       .attributes = {{"standard_name", "time"}, {"calendar", "standard"}}});
  time.write(days);
  if (group.path() == "/") time.attribute("bounds", "time_bounds");
}

void write_time_bounds(hdf5::Group& root, const study::Study& study) {
  std::vector<std::int32_t> bounds;
  for (std::uint32_t t = 0; t < study.quarters; ++t) {
    bounds.push_back(first_day(study, t));
    bounds.push_back(first_day(study, t + 1));
  }
  root.dimension("bound", 2, {.units = "1", .long_name = "0: first day, 1: first day after it"});
  root.variable<std::int32_t>("time_bounds", {"quarter", "bound"}).write(bounds);
}

}  // namespace rathaus::record
