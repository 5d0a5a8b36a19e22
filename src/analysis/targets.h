// What was declared before the runs, judged after them.
#pragma once

#include <string>
#include <vector>

#include "analysis/result_data.h"

namespace rathaus::analysis {

/// One target of the file and its value in every run.
struct JudgedTarget {
  std::string text;  //!< "adopters of <5k at least 0.25 by 2030-Q4"
  std::string unit;
  double bound{};
  bool at_least = true;
  std::vector<double> value;  //!< [run]

  bool met_by(double x) const { return at_least ? x >= bound : x <= bound; }
};

/// Empty if none was declared.
std::vector<JudgedTarget> judge_targets(ResultData& data);

}  // namespace rathaus::analysis
