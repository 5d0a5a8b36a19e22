#include "model/grouping.h"

#include <algorithm>
#include <stdexcept>
#include <unordered_map>

#include "model/crossed_groupings.h"

namespace rathaus::model {

Grouping make_grouping(std::string_view name, const Municipalities& municipalities,
                       const std::vector<std::uint8_t>& fiscal_class) {
  Grouping grouping{std::string(name), {}, std::vector<std::uint16_t>(municipalities.size())};
  if (name == "size_class") {
    grouping.labels.assign(size_class_names.begin(), size_class_names.end());
    std::ranges::transform(
        municipalities.population, grouping.class_of.begin(),
        [](std::int32_t n) { return static_cast<std::uint16_t>(size_class_of(n)); });
  } else if (name == "fiscal_class") {
    grouping.labels.assign(fiscal_class_names.begin(), fiscal_class_names.end());
    std::ranges::copy(fiscal_class, grouping.class_of.begin());
  } else if (name == "land") {
    grouping.labels = municipalities.land_names;
    std::ranges::transform(municipalities.land, grouping.class_of.begin(),
                           [](std::uint32_t land) { return static_cast<std::uint16_t>(land); });
  } else if (const std::vector<std::string> parts = parts_of(name); parts.size() > 1) {
    std::vector<std::vector<std::string>> labels;
    for (const std::string& part : parts) {
      const Grouping one = make_grouping(part, municipalities, fiscal_class);
      for (std::size_t i = 0; i < grouping.class_of.size(); ++i)
        grouping.class_of[i] = static_cast<std::uint16_t>(
            grouping.class_of[i] * one.labels.size() + one.class_of[i]);
      labels.push_back(one.labels);
    }
    grouping.labels = crossed_labels(labels);
  } else {
    throw std::invalid_argument("unknown grouping " + std::string(name));
  }
  return grouping;
}

std::pair<std::vector<std::vector<std::uint16_t>>, std::vector<std::uint16_t>> joined(
    const std::vector<Grouping>& groupings, std::uint32_t units) {
  std::unordered_map<std::uint64_t, std::uint16_t> place;  // of a combination, read as one number
  std::vector<std::vector<std::uint16_t>> classes;
  std::vector<std::uint16_t> class_of(units);
  for (std::uint32_t i = 0; i < units; ++i) {
    std::uint64_t combination = 0;
    for (const Grouping& grouping : groupings)
      combination = combination * grouping.labels.size() + grouping.class_of[i];
    const auto [found, is_new] =
        place.try_emplace(combination, static_cast<std::uint16_t>(classes.size()));
    class_of[i] = found->second;
    if (!is_new) continue;
    classes.emplace_back();
    for (const Grouping& grouping : groupings) classes.back().push_back(grouping.class_of[i]);
  }
  return {std::move(classes), std::move(class_of)};
}

void append_shares(const std::vector<std::uint16_t>& joint_class, std::uint32_t batch,
                   std::vector<ClassShare>& shares) {
  const std::size_t start = shares.size(), first = std::size_t{batch} * batch_units;
  for (std::size_t l = 0; l < batch_units && first + l < joint_class.size(); ++l) {
    const std::uint16_t joint = joint_class[first + l];
    auto found = std::find_if(shares.begin() + static_cast<std::ptrdiff_t>(start), shares.end(),
                              [&](const ClassShare& s) { return s.joint_class == joint; });
    if (found == shares.end()) found = shares.insert(found, {joint, {}});
    found->select[l] = -1;
  }
}

}  // namespace rathaus::model
