// A study in the making: what the file says, before it is turned into rules.
#pragma once

#include <array>
#include <map>
#include <string>

#include "config/defaults.h"
#include "config/label.h"
#include "model_folder/model.h"
#include "study/study.h"

namespace rathaus::config {

struct Draft {
  study::Study study;  //!< all but its rules and texts
  model_folder::Model model;
  bool has_model = false;  //!< what an experiment calls its model is there
  std::array<model_folder::Path, model_folder::series_count>
      series;  //!< those of the model, or overrides
  model::CalendarQuarter compliance_from;
  std::vector<model::Programme> programmes;  //!< as the file defines them, before any change
  std::map<std::string, Label> scenario_labels, programme_labels;  //!< of those that have one
  std::vector<std::string> programme_from;  //!< their rows of the catalogue; empty: none
  bool spin_up = true;  //!< a run begins where the model is calibrated for, not at study.start
  std::string alternatives_text;  //!< [alternatives] in canonical form
  std::string calibration_text;   //!< [calibration] in canonical form
  std::string population_sha256;  //!< of the files named in study.population
  std::string adjacency_sha256;

  Draft() {
    study.quarters = default_quarters;
    study.replicates = study.at_least = default_replicates;
    study.seed = default_seed;
    study.scenarios = {{"baseline", {}}};
  }

  /// Quarters from the start that the model is calibrated for, if it says one, to the results.
  std::uint32_t spin_up_quarters() const {
    const std::int32_t ahead = study.start.index() - model.country.start.index();
    return spin_up && model.country.given && ahead > 0 ? static_cast<std::uint32_t>(ahead) : 0;
  }
};

}  // namespace rathaus::config
