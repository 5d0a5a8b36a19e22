// [uncertain] ensemble = "ensemble.csv": whole vectors from a CSV or from a posterior; a list of
// such files has one for each theory.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/uncertain_numbers.h"
#include "toml_reader/reader.h"

namespace rathaus::config {

/// The vectors of a file, and what they are vectors of.
struct EnsembleFile {
  study::Ensemble ensemble;
  std::vector<study::Uncertain> numbers;
  study::Input input;
};

/// Nothing, and told, if the file holds no vectors of the experiment. `value`: who names the file;
/// `written`: as it is named.
std::optional<EnsembleFile> read_ensemble_file(const toml_reader::Value& value,
                                               const std::string& file, const std::string& written,
                                               const std::string& sha256,
                                               const UncertainNumbers& numbers,
                                               Diagnostics& diagnostics);

/// The numbers of all its ensembles are the first uncertain ones of a study.
void add_ensemble(EnsembleFile file, study::Study& study);

/// Reads the files that [uncertain] names into the study.
void read_ensemble(toml_reader::Table& table, const std::string& folder,
                   const UncertainNumbers& numbers, Draft& draft);

}  // namespace rathaus::config
