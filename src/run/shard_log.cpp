#include "run/shard_log.h"

#include <fmt/format.h>

#include "diagnostics/diagnostics.h"
#include "files/claim.h"
#include "files/file_error.h"

namespace rathaus::run {
namespace {

std::filesystem::path log_path(const RunOptions& options) {
  return shard_folder(options.target) / options.shard.file_name();
}

/// A log of the same cases for another number of replicates.
record::CaseLog with_more(record::CaseLog log, const record::LogHeader& header,
                          const study::Study& study) {
  const std::vector<std::uint64_t> numbers = log.numbers();
  if (!numbers.empty() && numbers.back() >= study::case_count(study))
    throw InputError(
        log.path(),
        fmt::format("holds cases of more than {} replicates (they would be lost) ask for {}, or "
                    "start anew with --force",
                    study.replicates, log.header().replicates));
  return record::CaseLog::with_header(std::move(log), header);
}

}  // namespace

record::CaseLog open_log(const study::Study& study, const RunOptions& options,
                         const record::LogHeader& header) {
  namespace fs = std::filesystem;
  const fs::path folder = shard_folder(options.target);
  const fs::path path = log_path(options);
  std::error_code error;
  if (fs::exists(path, error)) {
    if (options.resume) {
      record::CaseLog log = record::CaseLog::resume(path);
      if (log.header().of_study() == header.of_study()) return log;
      if (log.header().fingerprint == header.fingerprint)
        return with_more(std::move(log), header, study);
      if (!options.overwrite)
        throw InputError(
            path,
            "holds cases of another study (the experiment, the population or the build of "
            "Rathaus has changed) start anew with --force");
    }
    if (!options.overwrite)
      throw InputError(
          folder,
          "holds an unfinished study (its cases would be lost) go on with --resume, or "
          "start anew with --force");
  }
  fs::create_directories(folder, error);
  if (error) files::fail_to_write(folder, error.value());
  return record::CaseLog::create(path, header);
}

std::vector<std::uint64_t> pending_cases(const study::Study& study, const record::Shard& shard,
                                         const record::CaseLog& log,
                                         const std::optional<record::EarlierResult>& earlier) {
  std::vector<std::uint64_t> pending;
  for (std::uint64_t number = 0; number < study::case_count(study); ++number)
    if (shard.holds(number) && !(earlier && earlier->has(number)) &&
        (!log.has(number) || (study.until && !pending.empty())))
      pending.push_back(number);
  return pending;
}

std::filesystem::path shard_folder(const std::filesystem::path& target) {
  return std::filesystem::path(target).concat(".shards");
}

void remove_leftovers(const std::filesystem::path& target) {
  RunOptions options;
  options.target = target;
  std::error_code ignored;
  // the folder may hold a log, the lock of one, or a shard's, which stays
  if (std::filesystem::exists(shard_folder(target), ignored)) {
    const files::Claim claim(log_path(options), "computes these cases");
    std::filesystem::remove(log_path(options), ignored);
  }
  std::filesystem::remove(shard_folder(target), ignored);
}

}  // namespace rathaus::run
