// /programmes and /strata of the result file: whom the programmes reached, what they paid, and what
// would have happened anyway. Names as documented in docs/file_format.md.
#pragma once

#include <string>
#include <vector>

#include "experiment/pairing.h"
#include "experiment/study.h"
#include "results/group.h"

namespace rathaus::experiment {

/// Names of the programmes of all scenarios, in order of first use.
std::vector<std::string> programme_names(const Study& study);

class SupportTables {
 public:
  /// Defines /programmes if any scenario has one, and /strata if there is more than one scenario
  /// or any programme.
  SupportTables(results::Group root, const Study& study, std::uint32_t quarters);

  /// Appends one run of the given scenario.
  void append(const Study& study, std::size_t scenario, const model::Outcome& run,
              const Pairing& pairing);

 private:
  void append_programmes(const Study& study, std::size_t scenario, const model::Outcome& run);
  void append_strata(const Study& study, std::size_t scenario, const Pairing& pairing);

  std::vector<std::string> names_;
  std::vector<results::Variable> reach_;   //!< per count: by size class, by fiscal class
  std::vector<results::Variable> money_;   //!< refilled, paid, returned, remaining
  std::vector<results::Variable> strata_;  //!< in the order of definition
};

}  // namespace rathaus::experiment
