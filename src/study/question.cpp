#include "study/question.h"

#include "model/crossed_groupings.h"

namespace rathaus::study {
namespace {

std::vector<std::string> all_of(const UnitClass& units,
                                std::string std::pair<std::string, std::string>::*part) {
  std::vector<std::string> all;
  for (const auto& one : units.parts) all.push_back(one.*part);
  return all;
}

}  // namespace

std::string UnitClass::grouping() const {
  return model::crossed_name(all_of(*this, &std::pair<std::string, std::string>::first));
}

std::string UnitClass::label() const {
  return model::crossed_label(all_of(*this, &std::pair<std::string, std::string>::second));
}

}  // namespace rathaus::study
