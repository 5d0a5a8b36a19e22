// A population as a file that can be read again.
#pragma once

#include <iosfwd>
#include <span>

#include "model/municipalities.h"

namespace rathaus::population {

/// Writes a population file: UTF-8, commas, one unit a row in ascending id, numbers so exact that
/// reading gives the same bits. A column that is drawn by a run is left out; `drawn_fiscal` [unit]
/// may fill in fiscal strength where the population has none of its own.
void write_csv(std::ostream& out, const model::Municipalities& municipalities,
               std::span<const double> drawn_fiscal = {});

}  // namespace rathaus::population
