#include "experiment/study.h"

#include <algorithm>
#include <optional>

namespace rathaus::experiment {

std::uint32_t support_start(const Study& study) {
  const std::vector<model::Programme>& standing = study.scenarios[study.baseline].programmes;
  std::optional<std::int32_t> first, first_new;
  for (const Scenario& scenario : study.scenarios)
    for (const model::Programme& programme : scenario.programmes) {
      const std::int32_t opens = programme.window.first;
      first = std::min(first.value_or(opens), opens);
      if (std::ranges::find(standing, programme.name, &model::Programme::name) == standing.end())
        first_new = std::min(first_new.value_or(opens), opens);
    }
  return static_cast<std::uint32_t>(first_new.value_or(first.value_or(0)));
}

}  // namespace rathaus::experiment
