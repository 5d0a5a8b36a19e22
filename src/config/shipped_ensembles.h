// Which ensembles a model ships: one for each decision rule that it was calibrated under, found by
// their names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/structure.h"
#include "study/study.h"
#include "toml_reader/reader.h"

namespace rathaus::config {

const model::Switch& decision_rule();

/// ensemble.csv belongs to the first word of decision_rule, ensemble_<rule>.csv to another.
std::string ensemble_name(std::size_t word);

/// A decision rule, and the file of its ensemble.
struct Shipped {
  std::size_t word = 0;
  std::string file;
  std::string_view name() const { return decision_rule().words[word]; }
};

/// What the model ships: that of the experiment's own rule first, if there is one.
std::vector<Shipped> shipped_by(const study::Study& study);

/// Warns of files of the model that are named like an ensemble and are of no rule.
void tell_strange(toml_reader::Table& root, const std::string& folder);

}  // namespace rathaus::config
