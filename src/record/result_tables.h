// What a result file says about the study itself: where it comes from, its municipalities, its
// numbers.
#pragma once

#include "hdf5/group.h"
#include "model/world.h"
#include "record/build_info.h"
#include "record/case_log.h"
#include "study/study.h"

namespace rathaus::record {

/// Root attributes: title, creator, hashes, seed.
void write_attributes(hdf5::Group& root, const study::Study& study, const model::World& world,
                      const BuildInfo& build);

/// Root attributes question_…: what the study was made to answer.
void write_question(hdf5::Group& root, const study::Study& study);

/// What each rival theory sets each key to, along `alternative`.
void write_theories(hdf5::Group& root, const study::Study& study);
/// `unit_id` and `unit_name` of a group.
void write_unit_names(hdf5::Group& group, const model::World& world);
/// The group /municipalities; needs the dimension `unit`.
void write_municipalities(hdf5::Group& root, const model::World& world);

/// The group /parameters; needs the dimension `point`.
void write_parameters(hdf5::Group& root, const study::Study& study);

/// The group /vendors; needs the dimension `vendor`.
void write_vendors(hdf5::Group& root, const model::World& world);

/// The group /targets, if the study has any.
void write_targets(hdf5::Group& root, const study::Study& study);

/// Hash of the population as it runs: the file that `rathaus population -o` writes.
std::string population_sha256(const model::World& world);

/// Of all that decides the numbers of a case: the experiment as resolved without its number of
/// replicates, the population and the build; and that number, unless a rule decides.
std::pair<std::string, std::uint32_t> fingerprint_of(const study::Study& study,
                                                     const model::World& world,
                                                     const BuildInfo& build);

/// Failed cases, if there are any: /failures.
void write_failures(hdf5::Group& root, const study::Study& study,
                    const std::vector<Failure>& failures);

/// The group /provenance, but for `environment` and `log`, which are known at the end.
void write_provenance(hdf5::Group& root, const study::Study& study, const BuildInfo& build);

}  // namespace rathaus::record
