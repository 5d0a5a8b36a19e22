// The vectors of an ensemble as a file has them, before they are numbers of an experiment.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diagnostics/diagnostics.h"

namespace rathaus::config {

struct EnsembleVectors {
  std::vector<std::string> paths;     //!< of the numbers
  std::vector<double> value, weight;  //!< [vector][number], [vector]
  std::vector<Place> column_place;    //!< of each number, for messages
};

/// The last generation of a posterior that `rathaus calibrate` wrote. Nothing, and an error, if it
/// is none; an engine without HDF5 says that it cannot read one.
std::optional<EnsembleVectors> read_posterior(const std::string& path, Diagnostics& diagnostics);

}  // namespace rathaus::config
