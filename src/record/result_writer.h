// From the logs of finished cases to the result file, in the order of the cases.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "model/municipalities.h"
#include "record/build_info.h"
#include "record/case_log.h"
#include "record/earlier_result.h"
#include "study/study.h"

namespace rathaus::record {

/// Header of the log of a shard: a fingerprint of all that decides a number (experiment as
/// resolved, population, build) and what a result tells of its origin.
LogHeader header_of(const study::Study& study, const model::World& world, const BuildInfo& build,
                    const Shard& shard);

/// The study of a log, and what gives a study that was read from its resolved text the origin that
/// the header tells. InputError if the header is not understood.
struct Origin {
  BuildInfo build;
  std::string resolved_text;
};
Origin origin_of(const CaseLog& log);
void take_origin(const CaseLog& log, study::Study& study);

struct WriteOptions {
  std::filesystem::path target;
  bool overwrite = false;
  bool partial = false;  //!< missing cases are no error
  BuildInfo build;
  std::string environment;
  std::string stopped;                     //!< why the study ended; may be empty
  const EarlierResult* earlier = nullptr;  //!< has cases that are in no log
};

struct Written {
  std::uint64_t runs = 0;
  std::uint64_t missing_cases = 0;
  std::vector<Failure> failures;
};

/// Writes the result of a study whose cases lie in one or more logs, case by case, so that memory
/// does not grow with their number. InputError if logs overlap, are strangers to each other or
/// leave a gap (unless it may be partial); files::FileError if writing fails. No file is left
/// then.
Written write_result(const study::Study& study, const model::Municipalities& municipalities,
                     std::span<const CaseLog> logs, const WriteOptions& options);

}  // namespace rathaus::record
