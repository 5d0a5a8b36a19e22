// Whether the parts of a file fit together.
#pragma once

#include <cstdint>
#include <optional>

#include "hdf5/group.h"

namespace rathaus::hdf5 {

/// FileError unless every variable of the group and those below was written, is as long as its
/// dimensions, and lies within the file. With `file_size` [B] the file is somebody else's: then its
/// texts and attributes are read, too.
void check_whole(const Group& root, std::optional<std::uintmax_t> file_size = std::nullopt);

}  // namespace rathaus::hdf5
