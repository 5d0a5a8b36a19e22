#include "record/provenance.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "files/sha256.h"
#include "hdf5/file.h"
#include "population/write.h"
#include "record/calendar.h"
#include "record/case_log.h"

namespace rathaus::record {
namespace {

using hdf5::Group;

std::string utc_now() {
  const auto now =
      std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
}

}  // namespace

std::string population_sha256(const model::World& world) {
  std::ostringstream text;
  population::write_csv(text, world.municipalities, world.fiscal);
  return files::sha256_of(text.str());
}

std::pair<std::string, std::uint32_t> fingerprint_of(const study::Study& study,
                                                     const model::World& world,
                                                     const BuildInfo& build) {
  std::string resolved = study.resolved_text;
  if (!study.until) {
    const std::string planned = fmt::format("\nat_least = {}\n", study.at_least);
    const std::size_t section = resolved.find("\n[replicates]\n");
    if (const std::size_t at = resolved.find(planned, section); at != std::string::npos)
      resolved.erase(at, planned.size());
  }
  const std::string identity = fmt::format("{}\n{}\n{}\n{}\n{}", build.version, build.git_sha1,
                                           build.git_dirty, population_sha256(world), resolved);
  return {files::sha256_of(identity), study.until ? 0 : study.replicates};
}

void write_attributes(Group& root, const study::Study& study, const model::World& world,
                      const BuildInfo& build) {
  root.attribute("title", study.title);
  root.attribute("question", study.question.en);
  root.attribute("creator", "Rathaus " + build.version);
  root.attribute("git_sha1", build.git_sha1);
  root.attribute("date_created", utc_now());
  const auto [fingerprint, replicates] = fingerprint_of(study, world, build);
  root.attribute("fingerprint", LogHeader{fingerprint, replicates, {}, ""}.of_study());
  root.attribute("experiment_sha256", files::sha256_of(study.resolved_text));
  root.attribute("population_sha256", population_sha256(world));
  root.attribute("unit_kind",
                 population::unit_kind_names[static_cast<std::size_t>(study.population.unit)]);
  root.attribute("model", study.model);
  root.attribute("doubt", study::doubt_names[static_cast<std::size_t>(study.doubt)]);
  root.attribute("baseline", study.scenarios[study.baseline].name);
  root.attribute("run_begins", study::first_simulated(study).text());
  root.attribute("prices_of", study.prices_of);
  root.attribute("discount", study.discount);
  root.attribute("planned_cases", static_cast<std::int32_t>(study::case_count(study)));
  root.attribute("model_sha256", study.model_sha256);
  root.attribute("master_seed", std::to_string(study.seed));
  root.attribute("random_scheme", "Philox4x32-10, keyed by event, scheme 1");
}

void write_question(Group& root, const study::Study& study) {
  const study::Question& question = study.question;
  root.attribute("question_text_en", question.en);
  root.attribute("question_text_de", question.de);
  root.attribute("question_in_numbers", static_cast<std::int32_t>(question.in_numbers));
  root.attribute("question_metric", question.metric);
  root.attribute("question_group", analysis::json_of<nlohmann::ordered_json>(question.of).dump());
  root.attribute("question_horizon", quarter_text(study, *question.horizon));
  root.attribute("question_prefer", question.more ? "more" : "less");
  root.attribute("question_smallest_gain", question.smallest_gain.value_or(std::nan("")));
}

void write_provenance(Group& root, const study::Study& study, const BuildInfo& build) {
  Group group = root.group("provenance");
  group.text("experiment", study.experiment_text);
  group.text("resolved", study.resolved_text);
  group.text("overrides", fmt::format("{}", fmt::join(study.overrides, "\n")));
  std::string inputs = "path,bytes,sha256\n";
  for (const study::Input& input : study.inputs)
    inputs += fmt::format("\"{}\",{},{}\n", input.path, input.bytes, input.sha256);
  group.text("inputs", inputs);
  group.text("build",
             fmt::format("version {}\ncommit {} ({})\nbuild type {}\ncompiler {}\n", build.version,
                         build.git_sha1, build.git_dirty, build.build_type, build.compiler));
  group.text("format", fmt::format("{} {}.{}, see docs/file_format.md", hdf5::format_name,
                                   hdf5::format_version[0], hdf5::format_version[1]));
}

}  // namespace rathaus::record
