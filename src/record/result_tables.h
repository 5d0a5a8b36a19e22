// What a result file says about the world and the numbers of a study: its municipalities, vendors,
// parameters, theories and targets.
#pragma once

#include "hdf5/group.h"
#include "model/world.h"
#include "record/case_log.h"
#include "study/study.h"

namespace rathaus::record {

/// What each rival theory sets each key to, along `alternative`.
void write_theories(hdf5::Group& root, const study::Study& study);

/// `unit_id` and `unit_name` of a group.
void write_unit_names(hdf5::Group& group, const model::World& world);
/// The group /municipalities; needs the dimension `unit`.
void write_municipalities(hdf5::Group& root, const model::World& world);
/// What differs between the drawn worlds, beside the first: sizes, fiscal strength and its classes;
/// nothing of a study with one world. Needs the dimension `world`.
void write_worlds(hdf5::Group& root, const study::Study& study, const model::World& first);

/// The group /parameters; needs the dimension `point`.
void write_parameters(hdf5::Group& root, const study::Study& study);

/// The group /vendors; needs the dimension `vendor`.
void write_vendors(hdf5::Group& root, const model::World& world);

/// The group /targets, if the study has any.
void write_targets(hdf5::Group& root, const study::Study& study);

/// Failed cases, if there are any: /failures.
void write_failures(hdf5::Group& root, const study::Study& study,
                    const std::vector<Failure>& failures);

}  // namespace rathaus::record
