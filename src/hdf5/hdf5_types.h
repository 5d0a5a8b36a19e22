// Our value types as HDF5 knows them. Included by sources of this folder only.
#pragma once

#include <hdf5.h>

#include <span>
#include <string>
#include <vector>

#include "hdf5/handle.h"
#include "hdf5/types.h"

namespace rathaus::hdf5 {

/// As values lie in memory (the machine's own byte order); text as char*.
Handle memory_type(Type type);

/// As values lie in the file (little-endian); text as UTF-8 of variable length.
Handle file_type(Type type);

/// The type of a dataset or attribute; FileError, naming `place`, if it is none of ours.
Type type_in_file(Id type, Id place);

/// Text as HDF5 takes it; `texts` must outlive it. std::invalid_argument if one holds a NUL,
/// which would cut it short.
std::vector<const char*> c_strings(std::span<const std::string> texts);

/// A property list of `of_class`, such as H5P_DATASET_CREATE. Groups and datasets created with
/// it remember the order of their attributes, without which netCDF sorts them by name and
/// refuses to write.
Handle property_list(Id of_class);

}  // namespace rathaus::hdf5
