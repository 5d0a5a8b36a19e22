// What a result file says of the study itself: what it is, what it was asked and where it comes
// from.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "hdf5/group.h"
#include "model/world.h"
#include "record/build_info.h"
#include "study/study.h"

namespace rathaus::record {

/// Root attributes: title, creator, hashes, seed.
void write_attributes(hdf5::Group& root, const study::Study& study, const model::World& world,
                      const BuildInfo& build);

/// Root attributes question_…: what the study was made to answer.
void write_question(hdf5::Group& root, const study::Study& study);

/// Hash of the population as it runs: the file that `rathaus population -o` writes.
std::string population_sha256(const model::World& world);

/// Of all that decides the numbers of a case: the experiment as resolved without its number of
/// replicates, the population and the build; and that number, unless a rule decides.
std::pair<std::string, std::uint32_t> fingerprint_of(const study::Study& study,
                                                     const model::World& world,
                                                     const BuildInfo& build);

/// The group /provenance, but for `environment` and `log`, which are known at the end.
void write_provenance(hdf5::Group& root, const study::Study& study, const BuildInfo& build);

}  // namespace rathaus::record
