#include "run/computer.h"

#include <new>
#include <optional>
#include <system_error>

#include "files/file_error.h"

namespace rathaus::run {

Computer::Computer(const study::Study& study, const model::Municipalities& municipalities,
                   const RunOptions& options)
    : study_(study),
      municipalities_(municipalities),
      options_(options),
      first_(study, municipalities, study::case_at(study, 0)),
      variables_(record::variables_of(study)) {
  if (study.until) judged_.emplace(study.until->indicator, study, first_.world(0));
}

std::vector<double> Computer::levels_of(const std::vector<record::RunValues>& runs) const {
  return judged_ ? judged_->by_scenario(runs, study_.until->quarter) : std::vector<double>{};
}

Finished Computer::compute(std::uint64_t number) const {
  Finished finished{number, {}, {}, std::nullopt, ""};
  try {
    const study::CaseId id = study::case_at(study_, number);
    if (options_.before_case) options_.before_case(id);
    std::optional<study::Worlds> own;
    finished.runs = values_of_case(study::worlds_of(study_, first_, municipalities_, id, own), id);
    finished.levels = levels_of(finished.runs);
  } catch (const std::bad_alloc&) {
    finished.hindrance = "out of memory";
  } catch (const std::system_error& error) {
    finished.hindrance = error.what();
  } catch (const files::FileError& error) {
    finished.hindrance = error.what();
  } catch (const std::exception& error) {
    finished.failure = record::Failure{number, error.what()};
  }
  return finished;
}

std::vector<record::RunValues> Computer::values_of_case(const study::Worlds& worlds,
                                                        const study::CaseId& id) const {
  std::vector<record::RunValues> values;
  const std::vector<study::RunRecord> runs = study::compute_case(study_, worlds, id);
  for (std::size_t r = 0; r < runs.size(); ++r)
    values.push_back(record::values_of(variables_, {study_, worlds.world(r), runs[r]}));
  return values;
}

}  // namespace rathaus::run
