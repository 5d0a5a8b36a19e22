// One run again, watched from one unit: why did this town adopt, or not?
#pragma once

#include <cstdint>
#include <vector>

#include "hdf5/group.h"
#include "model/journal.h"
#include "model/municipalities.h"
#include "study/study.h"

namespace rathaus::run {

/// What the unit has at the end of a quarter.
struct MeansRecord {
  double reserve = 0.0;  //!< [EUR]
  double staff = 0.0;    //!< [FTE]
  double data = 0.0;     //!< data readiness
  double trust = 0.0;
  std::uint8_t running = 0;  //!< services in operation or scaled
  bool member = false;       //!< of the cooperation of its region
  bool strategy = false;
};

/// Which run of a result file.
struct RunIndex {
  std::uint32_t scenario = 0;
  study::CaseId id{};
  bool fixed_demand = false;
};

struct Replay {
  RunIndex run{};
  double fiscal = 0.0;  //!< fiscal strength of the unit
  model::FiscalClass fiscal_class{};
  std::vector<model::Event> events;              //!< in the order of the schedule
  std::vector<MeansRecord> means;                //!< [quarter]
  std::vector<std::vector<double>> peers;        //!< [quarter][use_case] share of peers that run it
  std::vector<std::vector<std::uint8_t>> stage;  //!< [quarter][use_case] at the end
};

/// The run at a row of a result file. InputError if the file has no such run.
RunIndex run_at(const hdf5::Group& root, const study::Study& study, std::uint32_t run);

/// Simulates a run of the file once more and notes the events of a unit (an index, in the order of
/// the file). `study` is that of the file, `municipalities` are those of the run's world. The
/// replay must be the run that was written: services by stage and quarter are compared with the
/// file, and FileError is thrown if they differ (another version of the program, or another
/// machine's mathematics).
Replay replay(const hdf5::Group& root, const study::Study& study,
              const model::Municipalities& municipalities, std::uint32_t run, std::uint32_t unit);

}  // namespace rathaus::run
