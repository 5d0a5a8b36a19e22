// A first look at a result: the few numbers worth seeing before any analysis.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/statistics.h"
#include "analysis/verdicts.h"
#include "hdf5/group.h"

namespace rathaus::analysis {

/// One number over the runs, and over the means of the points: of all theories where there are
/// points, of the first theory else (theories are never averaged).
struct Figure {
  Summary runs;
  Range points;
};

/// Shares of one class of units with AI in operation, at the end of some quarters.
struct ClassShares {
  std::string label;                //!< "all" or the name of a size class
  std::vector<Figure> units;        //!< [end] share of units [1]
  std::vector<Figure> inhabitants;  //!< [end] share of inhabitants [1]
};

/// All numbers are statistics over the runs of the baseline.
struct Overview {
  std::string title;
  std::string scenario;   //!< the baseline, if there are other scenarios; else empty
  std::string unit_kind;  //!< administration or municipality
  std::vector<std::string> theories;
  std::size_t points = 1, replicates = 1;  //!< of each theory
  std::size_t runs = 0;
  std::size_t units = 0;
  std::vector<std::string> ends;     //!< last quarters of 5, 10, 20 years of the run, else its last
  std::vector<ClassShares> classes;  //!< "all" first
  std::vector<ClassShares> by_theory;  //!< of all units, where there are several and points
  Figure graveyard;  //!< pilots failed or stranded / all pilots that ended [1, ODD eq. 54]
  Figure lock_in;    //!< mean λ of running services at the end [1, ODD eq. 56]
  Figure hhi_national, hhi_local;  //!< at the end [1, ODD eq. 53]
  Figure rebound;     //!< (direct + indirect + footprint) / gross, whole run [1, ODD eq. 42]
  Figure energy_net;  //!< whole run [GWh]
  Figure energy_net_last_year;  //!< [GWh/year]
};

/// Reads the variables of a result file [ODD section 7.18].
Overview overview(const hdf5::Group& root);

}  // namespace rathaus::analysis
