// A quarter of the calendar, in which a run begins, windows open and patterns are measured.
#pragma once

#include <cstdint>
#include <string>

namespace rathaus::model {

/// A calendar quarter; adding an integer moves along the calendar.
struct CalendarQuarter {
  std::int32_t year = 2021;
  std::int32_t quarter = 1;  //!< 1 … 4

  std::int32_t index() const { return year * 4 + quarter - 1; }
  static CalendarQuarter from_index(std::int32_t index) { return {index / 4, index % 4 + 1}; }
  std::string text() const { return std::to_string(year) + "-Q" + std::to_string(quarter); }
};

}  // namespace rathaus::model
