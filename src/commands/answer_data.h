// The answer to the question of a study as data.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "analysis/course.h"

namespace rathaus::commands {

/// The value of `answer` in `rathaus compare --format json`; its keys: docs/metrics.md.
nlohmann::json answer_json(const analysis::Answer& answer, const analysis::Course& course);

}  // namespace rathaus::commands
