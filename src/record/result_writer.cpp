#include "record/result_writer.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <nlohmann/json.hpp>

#include "diagnostics/diagnostics.h"
#include "files/sha256.h"
#include "record/provenance.h"
#include "record/result_file.h"

namespace rathaus::record {
namespace {

using nlohmann::json;

/// Numbers as ranges: "0-3, 7".
std::string ranges_text(const std::vector<std::uint64_t>& numbers) {
  std::vector<std::string> ranges;
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t last = i;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    ranges.push_back(last == i ? fmt::format("{}", numbers[i])
                               : fmt::format("{}-{}", numbers[i], numbers[last]));
    i = last + 1;
    if (ranges.size() == 20 && i < numbers.size()) {
      ranges.emplace_back("…");
      break;
    }
  }
  return fmt::format("{}", fmt::join(ranges, ", "));
}

/// Which log holds which case; none those of an earlier result.
std::map<std::uint64_t, const CaseLog*> covered(const study::Study& study,
                                                std::span<const CaseLog> logs,
                                                const EarlierResult* earlier, bool partial,
                                                std::uint64_t& missing_cases) {
  std::map<std::uint64_t, const CaseLog*> where;
  if (earlier)
    for (const std::uint64_t number : earlier->numbers()) where.emplace(number, nullptr);
  for (const CaseLog& log : logs) {
    if (log.header().of_study() != logs.front().header().of_study())
      throw InputError(log.path(),
                       fmt::format("is a stranger to {} (another experiment, population, build of "
                                   "Rathaus or number of replicates) merge what belongs together",
                                   logs.front().path().string()));
    for (const std::uint64_t number : log.numbers()) {
      // computed while the rule that stopped the study was met
      if (study.until && number >= study::case_count(study)) continue;
      const auto [at, fresh] = where.emplace(number, &log);
      if (!fresh && at->second == nullptr) continue;  // it was there already
      if (!fresh)
        throw InputError(
            fmt::format("case {} is in {} and in {} (every case counts once) name each "
                        "shard once",
                        number, at->second->path().string(), log.path().string()));
    }
  }
  std::vector<std::uint64_t> missing;
  for (std::uint64_t number = 0; number < study::case_count(study); ++number)
    if (!where.contains(number)) missing.push_back(number);
  missing_cases = missing.size();
  if (!missing.empty() && !partial)
    throw InputError(
        fmt::format("{} of {} cases are missing: {} (a study is whole or it is not) "
                    "resume the shards that hold them, or write what is there with "
                    "--partial",
                    missing.size(), study::case_count(study), ranges_text(missing)));
  if (where.size() > study::case_count(study) ||
      (!where.empty() && where.rbegin()->first >= study::case_count(study)))
    throw InputError("the logs hold cases that the study does not have");
  return where;
}

/// What the header of a log says of its study, read by `read`.
template <class Read>
auto understood(const CaseLog& log, Read read) {
  try {
    return read(json::parse(log.header().study));
  } catch (const json::exception& error) {
    throw not_understood(log.path(), error.what());
  }
}

std::string log_text(const study::Study& study, const Written& written,
                     const std::string& stopped) {
  std::string text;
  for (const std::string& warning : study.warnings) text += "warning: " + warning + "\n";
  for (const std::string& note : study.notes) text += "note: " + note + "\n";
  for (const Failure& failure : written.failures) {
    const study::CaseId id = study::case_at(study, failure.number);
    text += fmt::format("failed: case {} (theory {}, point {}, replicate {}): {}\n", failure.number,
                        study.alternatives[id.alternative].name, id.point, id.replicate,
                        failure.message);
  }
  if (!stopped.empty()) text += stopped + "\n";
  if (written.missing_cases > 0)
    text += fmt::format("partial: {} of {} cases are missing\n", written.missing_cases,
                        study::case_count(study));
  else if (written.failures.empty())
    text += fmt::format("all {} runs done\n", written.runs);
  return text;
}

}  // namespace

LogHeader header_of(const study::Study& study, const model::World& world, const BuildInfo& build,
                    const Shard& shard) {
  json inputs = json::array();
  for (const study::Input& input : study.inputs)
    inputs.push_back({input.path, input.bytes, input.sha256});
  const json text{{"version", build.version},
                  {"git_sha1", build.git_sha1},
                  {"git_dirty", build.git_dirty},
                  {"build_type", build.build_type},
                  {"compiler", build.compiler},
                  {"resolved", study.resolved_text},
                  {"experiment", study.experiment_text},
                  {"overrides", study.overrides},
                  {"inputs", inputs},
                  {"warnings", study.warnings},
                  {"notes", study.notes}};
  const auto [fingerprint, replicates] = fingerprint_of(study, world, build);
  return {fingerprint, replicates, shard, text.dump()};
}

Origin origin_of(const CaseLog& log) {
  return understood(log, [](const json& text) -> Origin {
    return {{text.at("version"), text.at("git_sha1"), text.at("git_dirty"), text.at("build_type"),
             text.at("compiler")},
            text.at("resolved")};
  });
}

void take_origin(const CaseLog& log, study::Study& study) {
  understood(log, [&](const json& text) {
    study.experiment_text = text.at("experiment");
    study.overrides = text.at("overrides").get<std::vector<std::string>>();
    study.warnings = text.at("warnings").get<std::vector<std::string>>();
    study.notes = text.at("notes").get<std::vector<std::string>>();
    study.inputs.clear();
    for (const json& input : text.at("inputs")) {
      if (!input.at(1).is_number_unsigned()) throw not_understood(log.path(), "sizes of inputs");
      study.inputs.push_back({input.at(0), input.at(1), input.at(2)});
    }
  });
}

Written write_result(const study::Study& study, const model::Municipalities& municipalities,
                     std::span<const CaseLog> logs, const WriteOptions& options) {
  Written written;
  const auto where = covered(study, logs, options.earlier, options.partial, written.missing_cases);
  const study::Worlds worlds(study, municipalities, study::case_at(study, 0));
  ResultFile file(options.target, study, worlds.world(0), options.build, options.overwrite);
  for (const auto& [number, log] : where) {
    if (const auto failure = log ? log->failure(number) : std::nullopt) {
      written.failures.push_back(*failure);
      continue;
    }
    for (const RunValues& run : log ? log->read(number) : options.earlier->read(number))
      file.append(run);
  }
  written.runs = file.runs();
  file.commit(options.environment, log_text(study, written, options.stopped), written.failures);
  return written;
}

}  // namespace rathaus::record
