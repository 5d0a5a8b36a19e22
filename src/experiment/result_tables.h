// What a result file says about the study itself: where it comes from, its municipalities, its
// numbers.
#pragma once

#include "experiment/build_info.h"
#include "experiment/case_log.h"
#include "experiment/study.h"
#include "model/world.h"
#include "results/group.h"

namespace rathaus::experiment {

/// Root attributes: title, creator, hashes, seed.
void write_attributes(results::Group& root, const Study& study, const model::World& world,
                      const BuildInfo& build);

/// The group /municipalities; needs the dimension `unit`.
void write_municipalities(results::Group& root, const model::World& world);

/// The group /parameters; needs the dimension `point`.
void write_parameters(results::Group& root, const Study& study);

/// The group /vendors; needs the dimension `vendor`.
void write_vendors(results::Group& root, const model::World& world);

/// The group /targets, if the study has any.
void write_targets(results::Group& root, const Study& study);

/// Hash of the population as it runs: the file that `rathaus population -o` writes.
std::string population_sha256(const model::World& world);

/// Failed cases, if there are any: /failures.
void write_failures(results::Group& root, const Study& study, const std::vector<Failure>& failures);

/// The group /provenance, but for `environment` and `log`, which are known at the end.
void write_provenance(results::Group& root, const Study& study, const BuildInfo& build);

}  // namespace rathaus::experiment
