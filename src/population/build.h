// The population of a study: from the request of an experiment to what the model runs on.
#pragma once

#include <string>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "model/municipalities.h"
#include "population/recipe.h"
#include "population/request.h"
#include "random/draw.h"

namespace rathaus::population {

struct Population {
  model::Municipalities municipalities;
  std::vector<std::string> notes;  //!< where the units come from and what was drawn, line by line
};

/// Reads or makes the units, merges and selects them, draws what is not known by the key of the
/// world, and links them.
/// A function of its arguments and the files alone: neither the order of rows nor the machine's
/// threads change a bit. What is wrong with the input goes to `diagnostics`; then the population is
/// empty.
Population build(const Request& request, const Recipe& recipe, const random::Key& world,
                 Diagnostics& diagnostics);

}  // namespace rathaus::population
