// Which design beats which, theory by theory (docs/metrics.md, section "Verdicts").
#pragma once

#include <vector>

#include "analysis/answer.h"
#include "analysis/figure.h"

namespace rathaus::analysis {

/// [scenario][theory][point, or replicate] what larger is better of; empty for the scenario that is
/// compared with.
using Merits = std::vector<std::vector<std::vector<double>>>;

/// Sets order, duels, best and nearest of an answer that has all else that is asked.
void settle_duels(const Sampling& sampling, const Merits& merits, Answer& answer);

}  // namespace rathaus::analysis
