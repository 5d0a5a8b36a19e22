// The gain that was asked for over the quarters: the curve of a chart.
#pragma once

#include <vector>

#include "analysis/answer.h"

namespace rathaus::analysis {

/// [theory][scenario][quarter] figures of the metric of the question, as in DesignAnswer: gains
/// over the scenario that is compared with (empty for itself). Of a cost: of what is bought.
struct Course {
  std::vector<std::vector<std::vector<Range>>> gain;
};

Course course_of(ResultData& data, const Answer& answer);

}  // namespace rathaus::analysis
