// A calibration: an experiment with the table [calibration] in the place of [design].
#pragma once

#include <string>
#include <vector>

#include "calibration/request.h"
#include "diagnostics/diagnostics.h"
#include "model_folder/model_folder.h"
#include "study/study.h"

namespace rathaus::config {

struct Calibration {
  study::Study study;
  calibration::Request request;
};
Calibration read_calibration(const std::string& path, const std::vector<std::string>& sets,
                             const model_folder::ModelPlaces& places, Diagnostics& diagnostics);

}  // namespace rathaus::config
