// /programmes and /strata of the result file: whom the programmes reached, what they paid, and what
// would have happened anyway. Names as documented in docs/file_format.md.
#pragma once

#include <string>
#include <vector>

#include "hdf5/group.h"
#include "study/pairing.h"
#include "study/study.h"

namespace rathaus::record {

/// Names of the programmes of all scenarios, in order of first use.
std::vector<std::string> programme_names(const study::Study& study);

class SupportTables {
 public:
  /// Defines /programmes if any scenario has one, and /strata if there is more than one scenario
  /// or any programme.
  SupportTables(hdf5::Group root, const study::Study& study, std::uint32_t quarters);

  /// Appends one run of the given scenario.
  void append(const study::Study& study, std::size_t scenario, const model::Outcome& run,
              const study::Pairing& pairing);

 private:
  void append_programmes(const study::Study& study, std::size_t scenario,
                         const model::Outcome& run);
  void append_strata(const study::Study& study, std::size_t scenario,
                     const study::Pairing& pairing);

  std::vector<std::string> names_;
  std::vector<hdf5::Variable> reach_;   //!< per count: by size class, by fiscal class
  std::vector<hdf5::Variable> money_;   //!< refilled, paid, returned, remaining
  std::vector<hdf5::Variable> strata_;  //!< in the order of definition
};

}  // namespace rathaus::record
