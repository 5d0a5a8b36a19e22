#include "engine/engine.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "config/experiment_file.h"
#include "files/sha256.h"
#include "study/mentions.h"

namespace rathaus::engine {
namespace {

/// The experiment without its title, its support and what is to be reached: what the baseline
/// depends on if it has no support of its own. Of the shipped doubt neither the effects of support:
/// the vectors of the ensemble are drawn before them, and stay the same whatever effects follow.
std::string frame_of(const study::Study& study) {
  const bool shipped = study.doubt == study::Doubt::shipped;
  std::string frame;
  bool policy = false, table = false;
  const std::string& text = study.resolved_text;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    if (line.starts_with('[')) {
      table = true;
      policy = line.starts_with("[programme") || line.starts_with("[scenario") ||
               line.starts_with("[[target");
    }
    const bool effect = shipped && line.starts_with("\"programme.");
    if (table && !policy && !effect) frame += line;
    begin = end;
  }
  return frame;
}

}  // namespace

void Engine::open(const std::string& name) {
  Diagnostics diagnostics;
  Open next;
  next.study = config::read_experiment(name, {}, {{"models"}}, diagnostics);
  next.frame = frame_of(next.study);
  const bool same_frame = open_ && open_->frame == next.frame;
  const study::Study& study = next.study;
  if (same_frame) {
    next.population = open_->population;
  } else {
    next.population = population::build(study.population, study.recipe,
                                        random::world_key(study.seed), diagnostics);
  }
  if (!diagnostics.failed())
    study::check_mentions(study, next.population.municipalities, diagnostics);
  diagnostics.throw_if_failed();
  for (const Diagnostic& warning : diagnostics.warnings()) next.warnings.push_back(warning.text());

  const bool same_baseline = same_frame && study.scenarios[study.baseline].programmes.empty() &&
                             open_->study.scenarios[open_->study.baseline].programmes.empty() &&
                             open_->study.rules.support_start == study.rules.support_start;
  if (!same_baseline) baseline_.clear();
  next.variables = record::variables_of(study);
  world_.reset();
  baseline_world_.reset();
  municipalities_.reset();
  open_ = std::move(next);
  baseline_world_.emplace(world_of(open_->study.baseline, {}));
}

model::World Engine::world_of(std::uint32_t scenario, const study::CaseId& id) {
  if (const std::uint64_t world = study::world_of(open_->study, id);
      !municipalities_ || world != drawn_) {
    world_.reset();  // it refers to the municipalities
    municipalities_ = study::municipalities_of(open_->study, open_->population.municipalities, id);
    drawn_ = world;
  }
  return model::World(*municipalities_, study::rules_of(open_->study, id, scenario, false),
                      open_->study.quarters, open_->study.output.groups);
}

const study::RunRecord& Engine::compute(std::uint32_t scenario, const study::CaseId& id) {
  const study::Study& study = open_->study;
  const auto run = [&](std::uint32_t s, const model::World& world) {
    study::RunRecord record;
    record.scenario = s;
    record.id = id;
    study::compute_run(study, world, record);
    return record;
  };
  const Case number{id.alternative, id.point, id.replicate};
  auto baseline = baseline_.find(number);
  if (baseline == baseline_.end())
    baseline = baseline_.emplace(number, run(study.baseline, world_of(study.baseline, id))).first;
  world_.emplace(world_of(scenario, id));
  last_ = scenario == study.baseline ? baseline->second : run(scenario, *world_);
  last_.pairing = study::pair_with_baseline(*world_, last_.outcome, baseline->second.outcome);
  return last_;
}

record::Values Engine::value_of(const record::Variable& variable) const {
  return record::value_of(variable, {open_->study, *world_, last_});
}

std::string Engine::digest() const {
  files::Sha256 sum;
  for (const record::Variable& variable : variables()) {
    if (variable->held == record::Held::index) continue;
    sum.update(variable.path);
    std::visit(
        [&]<class T>(std::vector<T> values) {
          if constexpr (std::is_floating_point_v<T>)
            for (T& value : values)
              if (std::isnan(value)) value = std::numeric_limits<T>::quiet_NaN();
          sum.update(std::as_bytes(std::span(values)));
        },
        value_of(variable));
  }
  return sum.hex();
}

}  // namespace rathaus::engine
