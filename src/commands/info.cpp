#include <fmt/format.h>
#include <fmt/ranges.h>

#include "commands/build_info.h"
#include "commands/command.h"
#include "commands/commands.h"
#include "commands/overview_text.h"
#include "commands/table.h"
#include "commands/words.h"
#include "hdf5/digest.h"
#include "hdf5/file.h"
#include "hdf5/udunits.h"
#include "record/case_log.h"

namespace rathaus::commands {
namespace {

struct InfoCommand {
  std::filesystem::path file;  //!< result, or cases of a shard
  bool digest = false;
  bool fingerprint = false;
  std::string language = "en";  //!< of the first look; names of the file stay as they are
};

std::string dimensions_text(const hdf5::Variable& variable) {
  const std::vector<std::string> names = variable.dimensions();
  return fmt::format("({})", fmt::join(names, ", "));
}

void print_variables(const hdf5::Group& root) {
  Table table{{"variable", "dimensions", "type", "unit", "meaning"}, {}, {}};
  for (const std::string& name : root.variables()) {
    const hdf5::Variable variable = root.variable(name);
    if (variable.is_dimension()) continue;
    const auto text = [&](const char* attribute) {
      return variable.has_attribute(attribute) ? variable.text_attribute(attribute) : std::string();
    };
    table.rows.push_back({name, dimensions_text(variable),
                          std::string(hdf5::name_of(variable.type())), hdf5::unit_of(variable),
                          text("long_name")});
  }
  fmt::print("{}", table.text());
}

void print_log(const record::CaseLog& log) {
  const record::LogHeader& header = log.header();
  std::size_t failed = 0;
  for (const std::uint64_t number : log.numbers()) failed += log.failure(number).has_value();
  fmt::print(
      "shard        {}/{}\ncases        {} finished, {} failed\nreplicates   {}\nfingerprint  {}\n",
      header.shard.k, header.shard.n, log.cases() - failed, failed,
      header.replicates == 0 ? "by a rule" : fmt::format("{}", header.replicates),
      header.of_study());
}

int info(const InfoCommand& command) {
  tell_in(command.language);
  if (record::CaseLog::is_log(command.file)) {
    if (command.digest)
      throw InputError(command.file, "holds cases (a digest is of a result) merge them");
    if (command.fingerprint)
      fmt::print("{}\n", record::CaseLog::header_of(command.file).of_study());
    else
      print_log(record::CaseLog::open(command.file));
    return done;
  }
  if (command.fingerprint) {
    const hdf5::File file = hdf5::File::open(command.file);
    const hdf5::Group root = file.root();
    if (!root.has_attribute("fingerprint"))
      throw InputError(command.file,
                       "has no fingerprint (it is no result of a study, or of an older version)");
    fmt::print("{}\n", root.text_attribute("fingerprint"));
    return done;
  }
  if (command.digest) {
    fmt::print("{}\n", hdf5::digest(command.file));
    return done;
  }
  const hdf5::File file = hdf5::File::open(command.file);
  const hdf5::Group root = file.root();
  for (const std::string& name : root.attributes()) {
    const hdf5::AttributeValue value = root.attribute(name);
    if (const auto* text = std::get_if<std::string>(&value)) fmt::print("{:18} {}\n", name, *text);
  }
  fmt::print("{:18} {}\n\n", "digest", hdf5::digest(command.file));
  fmt::print("dimensions:");
  for (const std::string& name : root.variables())
    if (const hdf5::Variable variable = root.variable(name); variable.is_dimension())
      fmt::print(" {} {}", name, variable.rows());
  fmt::print("\ngroups: {}\n\n", fmt::join(root.groups(), " "));
  print_variables(root);
  const hdf5::Group provenance = root.group("provenance");
  fmt::print("\n{}{}{}\n", provenance.text("build"), provenance.text("environment"),
             provenance.text("log"));
  // a posterior has no runs to sum up
  if (!root.has_attribute("kind")) fmt::print("{}", overview_text(root, command.language));
  return done;
}

}  // namespace

Command info_command() {
  return command<InfoCommand>("info", "what is in a result file", &info, [](auto& asked) {
    return std::vector<Option>{
        option("file", asked.file, "result file, or cases of a shard", "FILE.h5|SHARD.cases")
            .required(),
        flag("--digest", asked.digest, "only the SHA-256 over every result number"),
        flag("--fingerprint", asked.fingerprint, "only the fingerprint of the study"),
        option("--lang", asked.language, "language of the first look: en or de (default: en)",
               "LANG")
            .one_of({"en", "de"})};
  });
}

std::string version_text() {
  const record::BuildInfo build = build_info();
  return fmt::format("rathaus {} (commit {}{}, {} build)", build.version, build.git_sha1,
                     build.git_dirty == "dirty" ? ", changed since" : "", build.build_type);
}

}  // namespace rathaus::commands
