#include "study/mentions.h"

#include <fmt/format.h>

#include <algorithm>

namespace rathaus::study {
namespace {

std::vector<std::string_view> present(const std::string& group, const model::Municipalities& m) {
  if (group == "land") return {m.land_names.begin(), m.land_names.end()};
  if (group == "region") return {m.region_names.begin(), m.region_names.end()};
  std::vector<std::string_view> names;
  for (std::size_t c = 0; c < model::size_class_names.size(); ++c)
    if (std::ranges::any_of(m.population, [&](std::int32_t inhabitants) {
          return model::size_class_of(inhabitants) == static_cast<model::SizeClass>(c);
        }))
      names.emplace_back(model::size_class_names[c]);
  return names;
}

}  // namespace

void check_mentions(const Study& study, const model::Municipalities& municipalities,
                    Diagnostics& diagnostics) {
  for (const Mention& mention : study.mentions) {
    const std::vector<std::string_view> known = present(mention.group, municipalities);
    if (std::ranges::find(known, mention.label) != known.end()) continue;
    diagnostics.error(
        mention.place,
        fmt::format("{} names the {} '{}', and no unit of the population is in it", mention.name,
                    mention.group == "land" ? "Land" : mention.group, mention.label) +
            suggestion(mention.label, known));
  }
}

}  // namespace rathaus::study
