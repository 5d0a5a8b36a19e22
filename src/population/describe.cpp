#include "population/describe.h"

namespace rathaus::population {

Summary describe(const model::Municipalities& municipalities) {
  Summary summary;
  summary.total.name = "all";
  for (std::size_t c = 0; c < summary.by_size_class.size(); ++c)
    summary.by_size_class[c].name = model::size_class_names[c];
  for (const std::string& land : municipalities.land_names) summary.by_land.push_back({land});

  for (std::size_t i = 0; i < municipalities.size(); ++i) {
    const std::int32_t population = municipalities.population[i];
    const auto size_class = static_cast<std::size_t>(model::size_class_of(population));
    for (Group* group : {&summary.by_size_class[size_class],
                         &summary.by_land[municipalities.land[i]], &summary.total}) {
      ++group->units;
      group->inhabitants += population;
    }
  }
  return summary;
}

}  // namespace rathaus::population
