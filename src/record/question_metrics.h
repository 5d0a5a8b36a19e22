// What a question may be about: every measure, what programmes did, and what one more costs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "study/question.h"

namespace rathaus::record {

/// measure_names(), the variables of /programmes, and analysis::gain_costs.
std::vector<std::string_view> question_metrics();

/// Whether only a study with programmes can tell it.
bool needs_programmes(std::string_view metric);

/// Why a metric cannot be told of a class of units; empty if it can.
std::string why_not_of(std::string_view metric, const analysis::UnitClass& units);

/// Whether its classes have to be asked for in [output] groups.
bool goes_by_groups(std::string_view metric);

}  // namespace rathaus::record
