#include "study/study.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace rathaus::study {

std::uint32_t simulated_quarters(const Study& study) {
  return study.rules.spin_up + study.quarters;
}

model::CalendarQuarter first_simulated(const Study& study) {
  return model::CalendarQuarter::from_index(study.start.index() -
                                            static_cast<std::int32_t>(study.rules.spin_up));
}

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

std::uint64_t case_count(const Study& study) {
  return std::uint64_t{study.replicates} * study.alternatives.size() * study.design.points;
}

CaseId case_at(const Study& study, std::uint64_t number) {
  const std::uint64_t points = study.design.points, alternatives = study.alternatives.size();
  return {static_cast<std::uint32_t>(number / points % alternatives),
          static_cast<std::uint32_t>(number % points),
          static_cast<std::uint32_t>(number / points / alternatives)};
}

std::uint64_t case_number(const Study& study, const CaseId& id) {
  return (std::uint64_t{id.replicate} * study.alternatives.size() + id.alternative) *
             study.design.points +
         id.point;
}

std::size_t joint_numbers(const Study& study) {
  return study.ensembles.empty() ? 0 : study.ensembles.front().numbers;
}

std::span<const double> values_at(const Study& study, std::size_t alternative, std::size_t point) {
  const std::size_t numbers = study.uncertain.size();
  const std::size_t block = study.design.blocks > 1 ? alternative : 0;
  return std::span(study.design.value)
      .subspan((block * study.design.points + point) * numbers, numbers);
}

model::Rules rules_of(const Study& study, const CaseId& id, std::size_t scenario,
                      bool fixed_demand) {
  model::Rules rules = study.alternatives[id.alternative].rules;
  rules.programmes = study.scenarios[scenario].programmes;
  const std::span<const double> value = values_at(study, id.alternative, id.point);
  for (std::size_t k = 0; k < value.size(); ++k)
    if (!std::isnan(value[k])) set(study.uncertain[k].address, value[k], rules);
  if (fixed_demand) rules.structure.rebound_form = model::ReboundForm::none;
  return rules;
}

random::Key key_of(const Study& study, const CaseId& id) {
  return random::run_key(study.seed, study.design.shares_chance() ? 0 : id.point, id.replicate);
}

std::uint64_t world_count(const Study& study) {
  const std::uint64_t points = study.design.points;
  switch (study.population.redraw) {
    case population::Redraw::never:
      return 1;
    case population::Redraw::point:
      return points;
    case population::Redraw::replicate:
      return points * study.replicates;
  }
  return 1;
}

std::uint64_t world_of(const Study& study, const CaseId& id) {
  switch (study.population.redraw) {
    case population::Redraw::never:
      return 0;
    case population::Redraw::point:
      return id.point;
    case population::Redraw::replicate:
      return std::uint64_t{id.replicate} * study.design.points + id.point;
  }
  return 0;
}

CaseId case_in_world(const Study& study, std::uint64_t world) {
  const std::uint64_t points = study.design.points;
  return {0, static_cast<std::uint32_t>(world % points),
          static_cast<std::uint32_t>(world / points)};
}

random::Key world_key_of(const Study& study, const CaseId& id) {
  const CaseId drawn = case_in_world(study, world_of(study, id));
  return random::world_key(study.seed, drawn.point, drawn.replicate);
}

}  // namespace rathaus::study
