#include "config/programme_stages.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "toml_reader/toml_text.h"

namespace rathaus::config {
namespace {

/// What a programme requires, where it is written.
struct Stage {
  std::string name, first;
  toml_reader::Value value;
};

std::optional<Stage> stage_of(const StagedProgramme& programme, Diagnostics& diagnostics) {
  Diagnostics told;  // what is no text was told when the programme was read
  const auto value = toml_reader::Table(programme.layers, programme.place, told).find("requires");
  const auto first = value ? value->filled_text() : std::nullopt;
  if (!first) return std::nullopt;
  return Stage{
      programme.name, *first,
      *toml_reader::Table(programme.layers, programme.place, diagnostics).find("requires")};
}

/// Following what is required from here leads here again.
bool is_circle(const Stage& from, const std::map<std::string, std::string>& first_of) {
  std::string at = from.first;
  for (std::size_t steps = 0; steps < first_of.size() && at != from.name; ++steps) {
    const auto next = first_of.find(at);
    if (next == first_of.end()) return false;
    at = next->second;
  }
  return at == from.name;
}

}  // namespace

void check_stages(const std::string& scenario, std::span<const StagedProgramme> runs,
                  const std::vector<std::string_view>& known, Diagnostics& diagnostics) {
  std::vector<std::string_view> run;
  for (const StagedProgramme& programme : runs) run.push_back(programme.name);
  std::map<std::string, std::string> first_of;
  std::vector<Stage> stages;
  for (const StagedProgramme& programme : runs) {
    const std::optional<Stage> stage = stage_of(programme, diagnostics);
    if (!stage) continue;
    const std::string first = toml_reader::string_text(stage->first);
    if (std::ranges::find(known, stage->first) == known.end())
      stage->value.error(
          fmt::format("= {} is no programme of this file (its winners may apply)", first) +
          suggestion(stage->first, known));
    else if (std::ranges::find(run, stage->first) == run.end())
      stage->value.error(
          fmt::format("= {} does not run in the scenario {} (nobody could be awarded by "
                      "it) name it there, too",
                      first, scenario));
    first_of.emplace(stage->name, stage->first);
    stages.push_back(*stage);
  }
  for (const Stage& stage : stages)
    if (stage.first != stage.name && is_circle(stage, first_of))  // of itself: told of the row
      stage.value.error(
          fmt::format("= {} leads back to {} (stages in a circle: nobody could be the "
                      "first)",
                      toml_reader::string_text(stage.first), stage.name));
}

}  // namespace rathaus::config
