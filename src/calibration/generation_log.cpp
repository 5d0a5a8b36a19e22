#include "calibration/generation_log.h"

#include <fmt/format.h>

#include "diagnostics/diagnostics.h"
#include "files/bytes.h"

namespace rathaus::calibration {
namespace {

using files::RecordLog;

constexpr files::LogKind kind{"rathaus-generations 3\n", "generations",
                              "calibrate anew with --force"};

/// The flag of a record: its generation is finished.
constexpr bool finished = true;

template <class Archive, class Pop>
void archive_population(Archive& a, Pop& p) {
  a(p.generation);
  a(p.tolerance);
  a(p.proposals);
  a(p.first_number);
  a(p.score);
  a(p.weight);
  a(p.distance);
  a(p.statistic);
  a(p.seen_score);
  a(p.seen_statistic);
}

}  // namespace

GenerationLog GenerationLog::open(const std::filesystem::path& path, const std::string& fingerprint,
                                  bool resume, bool overwrite) {
  if (std::filesystem::exists(path)) {
    if (resume) {
      RecordLog log = RecordLog::resume(path, kind);
      if (log.header() != fingerprint)
        throw InputError(
            path,
            "holds generations of another calibration (its file, the patterns, the population "
            "or the build of Rathaus has changed) start anew with --force");
      return GenerationLog(std::move(log));
    }
    if (!overwrite)
      throw InputError(path, Message("holds an unfinished calibration") +
                                 Suggestion{"go on with --resume, or start anew with --force"});
  }
  return GenerationLog(RecordLog::create(path, kind, fingerprint));
}

GenerationLog::GenerationLog(RecordLog log) : log_(std::move(log)) {
  for (const std::uint64_t number : log_.numbers()) {
    const std::string bytes = log_.payload(number);
    files::ByteReader reader(bytes);
    Population population;
    archive_population(reader, population);
    if (log_.flag(number) == finished)
      populations_.push_back(std::move(population));
    else
      begun_ = std::move(population);
  }
}

void GenerationLog::write(const Population& population, bool is_finished) {
  files::ByteWriter writer;
  archive_population(writer, population);
  log_.append(population.generation, is_finished, writer.bytes());
}

void GenerationLog::append(const Population& population) {
  write(population, finished);
  log_.sync();
  populations_.push_back(population);
}

void GenerationLog::append_begun(const Population& population) {
  write(population, !finished);
}

}  // namespace rathaus::calibration
