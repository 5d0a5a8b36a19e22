// The table of patterns: for people, for spreadsheets, for programs.
#pragma once

#include <string>
#include <vector>

#include "patterns/bench.h"

namespace rathaus::commands {

/// A pattern and what the runs say of it.
struct JudgedPattern {
  patterns::Pattern pattern;
  patterns::Judgement judgement;
};

std::string patterns_table(const std::vector<JudgedPattern>& judged);
std::string patterns_csv(const std::vector<JudgedPattern>& judged);
std::string patterns_json(const std::vector<JudgedPattern>& judged);

}  // namespace rathaus::commands
