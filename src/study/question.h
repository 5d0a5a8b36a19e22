// What a study was made to answer: whose metric, when, and which way is better.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "analysis/unit_class.h"

namespace rathaus::study {

struct Question {
  std::string en, de;  //!< the same text where the experiment has one only; may be empty
  bool in_numbers =
      false;  //!< the experiment has the table [question]; else what is below is the default

  std::string metric = "adopters";  //!< one of record::question_metrics()
  analysis::UnitClass of;
  std::optional<std::uint32_t>
      horizon;       //!< quarter of the run; none: ten years after support starts
  bool more = true;  //!< what is wanted; else less
  std::optional<double> smallest_gain;  //!< in the unit of the metric; none: a thousandth
};

}  // namespace rathaus::study
