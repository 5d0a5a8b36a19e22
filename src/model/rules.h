// Everything about the world that is not a municipality: the numbers and the choice among rules.
#pragma once

#include <vector>

#include "model/coefficients.h"
#include "model/parameters.h"
#include "model/programmes.h"
#include "model/structure.h"
#include "model/tables.h"

namespace rathaus::model {

/// What one parameter point of one scenario says; the same for all replicates.
struct Rules {
  Parameters parameters;
  Coefficients coefficients;
  Structure structure;
  std::vector<UseCase> use_cases;     //!< 1 … max_use_cases
  std::vector<Vendor> vendors;        //!< one row per slot, 1 … max_vendors
  std::vector<Programme> programmes;  //!< of the scenario, 0 … max_programmes
  Series series;                      //!< one value per quarter of the run, spin-up included
  /// Quarters that are simulated before the results begin: from the start that the model is
  /// calibrated for to quarter 0 of the results. No programme acts in them [ODD 3].
  std::uint32_t spin_up = 0;
  std::uint32_t start_of_year =
      0;  //!< quarters of its calendar year before quarter 0 of the results, 0 … 3
  std::uint32_t support_start = 0;  //!< quarter of the results that horizons are counted from
};

}  // namespace rathaus::model
