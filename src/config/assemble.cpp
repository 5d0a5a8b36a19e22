#include "config/assemble.h"

#include <algorithm>

#include "config/resolved.h"
#include "files/sha256.h"
#include "model_folder/model_text.h"
#include "model_folder/series.h"

namespace rathaus::config {
namespace {

template <class Struct>
void set_numbers(std::span<const model::Field<Struct>> fields,
                 const std::vector<study::Evidence>& numbers, Struct& target) {
  for (std::size_t i = 0; i < fields.size(); ++i) target.*fields[i].member = numbers[i].value;
}

/// Slots of some archetypes, as bits.
std::uint32_t slots_of(const std::vector<std::uint8_t>& archetypes,
                       const std::vector<model_folder::VendorRow>& vendors) {
  std::uint32_t slots = 0;
  std::int64_t first = 0;
  for (std::size_t v = 0; v < vendors.size(); first += vendors[v++].slots)
    if (std::ranges::find(archetypes, v) != archetypes.end())
      slots |= ((1u << vendors[v].slots) - 1u) << first;
  return slots;
}

void set_tables(const model_folder::Model& model, model::CalendarQuarter begin,
                model::Rules& rules) {
  for (const model_folder::UseCaseRow& row : model.use_cases) {
    model::UseCase& use_case = rules.use_cases.emplace_back(row.numbers);
    use_case.available_from = row.available_from ? row.available_from->index() - begin.index() : 0;
    if (!row.archetypes.empty()) use_case.offered_by = slots_of(row.archetypes, model.vendors);
  }
  for (const model_folder::VendorRow& row : model.vendors)
    rules.vendors.insert(rules.vendors.end(), static_cast<std::size_t>(row.slots), row.numbers);
}

}  // namespace

study::Study assemble(Draft draft) {
  study::Study& study = draft.study;
  set_numbers(model::parameter_fields(), study.parameters, study.rules.parameters);
  set_numbers(model::coefficient_fields(), study.coefficients, study.rules.coefficients);
  study.rules.spin_up = draft.spin_up_quarters();
  const model::CalendarQuarter begin = study::first_simulated(study);
  const std::uint32_t simulated = study::simulated_quarters(study);
  set_tables(draft.model, begin, study.rules);
  for (std::size_t s = 0; s < model_folder::series_count; ++s)
    study.rules.series.*model_folder::series_fields()[s].member =
        model_folder::expand(draft.series[s], begin, simulated);
  study.rules.series.compliance = model_folder::step_from(draft.compliance_from, begin, simulated);

  study.rules.start_of_year = static_cast<std::uint32_t>(study.start.quarter - 1);
  study.rules.support_start = study::support_start(study);
  if (!study.question.horizon)
    study.question.horizon =
        std::min(study.quarters, study.rules.support_start + default_horizon) - 1;
  if (study.population.file.empty() && !study.population.units)
    study.population.units = study.recipe.total(study.population.unit);
  study.model_sha256 = files::sha256_of(model_folder::model_text(draft.model));
  study.resolved_text = resolved_text(draft);
  return std::move(draft.study);
}

}  // namespace rathaus::config
