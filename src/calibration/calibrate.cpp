#include "calibration/calibrate.h"

#include <fmt/format.h>
#include <tbb/global_control.h>

#include "calibration/generation_log.h"
#include "calibration/posterior_file.h"
#include "calibration/simulator.h"
#include "diagnostics/diagnostics.h"
#include "files/claim.h"
#include "files/output.h"
#include "files/sha256.h"
#include "model/world.h"
#include "record/provenance.h"
#include "run/threads.h"

namespace rathaus::calibration {
namespace {

/// Of all that decides a number.
std::string fingerprint(const study::Study& study, const Request& request,
                        const model::Municipalities& municipalities,
                        const record::BuildInfo& build) {
  const model::World world(municipalities, study.rules, study.quarters);
  return files::sha256_of(fmt::format("{}\n{}\n{}\n{}\n{}\n{}", build.version, build.git_sha1,
                                      build.git_dirty, record::population_sha256(world),
                                      study.resolved_text, request.patterns_text));
}

}  // namespace

std::filesystem::path log_path(const std::filesystem::path& target) {
  return std::filesystem::path(target).concat(".generations");
}

void remove_leftovers(const std::filesystem::path& target) {
  const std::filesystem::path path = log_path(target);
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored) &&
      !std::filesystem::exists(std::filesystem::path(path).concat(".lock"), ignored))
    return;
  const files::Claim claim(path, "computes these generations");
  std::filesystem::remove(path, ignored);
}

std::string reason_of(Ending ending, const Request& request, const Population* last) {
  switch (ending) {
    case Ending::tolerance:
      return fmt::format("the tolerance {:g} is reached", request.tolerance);
    case Ending::acceptance:
      return fmt::format("fewer than {:g} % of the proposals of the next generation are accepted",
                         100.0 * request.acceptance);
    case Ending::simulations:
      return fmt::format("{} simulations are spent", request.simulations);
    case Ending::generations:
      return fmt::format("{} generations are done", request.generations);
    case Ending::no_progress:
      return fmt::format("no vector is closer than {:g}", last == nullptr ? 0.0 : last->tolerance);
    case Ending::interrupted:
      return "interrupted";
    case Ending::none:
      break;
  }
  return "";
}

CalibrateReport calibrate(const study::Study& study, const Request& request,
                          const model::Municipalities& municipalities,
                          const CalibrateOptions& options) {
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                  run::threads_for(options.threads));
  GenerationLog log = GenerationLog::open(
      log_path(options.target), fingerprint(study, request, municipalities, options.build),
      options.resume, options.overwrite);
  // once the generations are claimed: another process may have written the posterior just now
  files::check_place(options.target, options.overwrite);
  const Simulator simulator(study, municipalities, request.patterns);
  Sofar sofar{std::nullopt, log.begun()};
  if (!log.populations().empty()) sofar.last = log.populations().back();
  const auto keep = [&](const Population& population) {
    log.append(population);
    if (options.progress) options.progress(population, true);
  };
  const auto keep_begun = [&](const Population& population) {
    log.append_begun(population);
    if (options.progress) options.progress(population, false);
  };
  CalibrateReport report;
  report.ending = sample(simulator.problem(), request, random::world_key(study.seed),
                         std::move(sofar), keep, keep_begun, options.stop);
  report.populations = log.populations();
  const Population* reached = report.populations.empty() ? nullptr : &report.populations.back();
  report.stopped = reason_of(report.ending, request, reached);
  if (report.ending == Ending::interrupted) return report;
  std::error_code ignored;  // a posterior that is there is worth more than a log that is not gone
  if (reached == nullptr) {
    std::filesystem::remove(log.path(), ignored);
    throw InputError(fmt::format(
        "no generation could be made: {} (the patterns have no value under most vectors, "
        "or too few are asked for) check the patterns, or raise the limits",
        report.stopped));
  }
  write_posterior({study, request, simulator, report.populations, report.stopped},
                  {options.target, options.overwrite, options.build});
  std::filesystem::remove(log.path(), ignored);
  return report;
}

}  // namespace rathaus::calibration
