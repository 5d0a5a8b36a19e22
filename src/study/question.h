// What a study was made to answer: whose metric, when, and which way is better.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rathaus::study {

/// Units that lie in all of some classes; all units if there are none.
struct UnitClass {
  /// Grouping and label, in the order of model::plain_groupings.
  std::vector<std::pair<std::string, std::string>> parts;

  bool is_all() const { return parts.empty(); }
  std::string grouping() const;  //!< dimension of the result, such as size_class_and_fiscal_class
  std::string label() const;     //!< along it: "<5k, weak"
};

struct Question {
  std::string en, de;  //!< the same text where the experiment has one only; may be empty
  bool in_numbers = false;  //!< the experiment has the table [question]; else what is below is the default

  std::string metric = "adopters";  //!< one of record::question_metrics()
  UnitClass of;
  std::optional<std::uint32_t> horizon;  //!< quarter of the run; none: ten years after support starts
  bool more = true;                      //!< what is wanted; else less
  std::optional<double> smallest_gain;   //!< in the unit of the metric; none: a thousandth
};

}  // namespace rathaus::study
