#pragma once

#include <string>

#include "calibration/request.h"
#include "config/draft.h"
#include "toml_reader/reader.h"

namespace rathaus::config {

/// [calibration], and [uncertain] before it; paths are relative to the folder.
void read_calibration_section(toml_reader::Table& root, const std::string& folder, Draft& draft,
                              calibration::Request& request);

}  // namespace rathaus::config
