// [calibration]: to which patterns the numbers of [uncertain] are fitted, and when that ends.
#include "config/calibration_section.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "config/patterns_file.h"
#include "config/sections.h"
#include "files/texts.h"
#include "toml_reader/toml_text.h"

namespace rathaus::config {
namespace {

using calibration::Request;
using patterns::Pattern;
using patterns::Role;

/// Fractions strictly between 0 and 1.
std::optional<double> share(const toml_reader::Value& value) {
  const std::optional<double> number = value.number();
  if (!number || (*number > 0.0 && *number < 1.0)) return number;
  value.error(fmt::format("= {} is no share between 0 and 1", toml_reader::number_text(*number)));
  return std::nullopt;
}

std::optional<double> positive(const toml_reader::Value& value) {
  const std::optional<double> number = value.number();
  if (!number || *number > 0.0) return number;
  value.error(fmt::format("= {} must be above 0", toml_reader::number_text(*number)));
  return std::nullopt;
}

/// Whether the runs of this experiment can tell about a pattern.
void check_held(const toml_reader::Value& place, const Pattern& pattern,
                const study::Study& study) {
  const auto check_term = [&](const patterns::Term& term) {
    const patterns::Quarters quarters = term.quarters.value_or(pattern.quarters);
    const std::int32_t first = quarters.first.index() - study.start.index();
    const std::int32_t last = quarters.last.index() - study.start.index();
    if (first < 0 || last >= static_cast<std::int32_t>(study.quarters))
      place.error(fmt::format("names {}, which looks at {} to {} (the run has {} quarters from {})",
                              pattern.id, quarters.first.text(), quarters.last.text(),
                              study.quarters, study.start.text()));
    if (!term.scenario.empty() &&
        std::ranges::find(study.scenarios, term.scenario, &study::Scenario::name) ==
            study.scenarios.end())
      place.error(
          fmt::format("names {}, which is about the scenario '{}' (this experiment has none "
                      "of that name)",
                      pattern.id, term.scenario));
    for (const auto* variables : {&term.sum, &term.per})
      for (const std::string& variable : *variables)
        for (const char* group : {"land", "fiscal_class"}) {
          const bool grouped = variable.ends_with(fmt::format("_by_{}", group)) &&
                               variable.find('/') == std::string::npos;
          if (grouped && std::ranges::find(study.output.groups, group) == study.output.groups.end())
            place.error(
                fmt::format("names {0}, which is about {1} (sums are kept by size class "
                            "only) write groups = [\"{2}\"] into [output]",
                            pattern.id, variable, group));
        }
  };
  if (pattern.parts.empty()) check_term(pattern.of);
  std::ranges::for_each(pattern.parts, check_term);
  if (pattern.has_to) check_term(pattern.to);
}

/// Those that are named, else all of role calibration.
void choose(toml_reader::Table& root, toml_reader::Table& table, const PatternsFile& file,
            const study::Study& study, Request& request) {
  const auto use = table.find("use");
  if (!use) {
    for (const Pattern& pattern : file.patterns)
      if (pattern.role == Role::calibration) request.patterns.push_back(pattern);
  } else {
    std::vector<std::string_view> known;
    for (const Pattern& pattern : file.patterns) known.emplace_back(pattern.id);
    for (const toml_reader::Value& element :
         use->list().value_or(std::vector<toml_reader::Value>{}))
      if (const auto index = element.word(known)) {
        const Pattern& pattern = file.patterns[*index];
        if (pattern.role == Role::validation)
          element.error(
              fmt::format("names {}, which is held out (role = \"validation\": nothing is tuned "
                          "towards it) drop it, or change its role and say so",
                          pattern.id));
        request.patterns.push_back(pattern);
      }
  }
  const toml_reader::Value place = use ? *use : *root.find("calibration");
  if (request.patterns.empty())
    place.error(
        "leaves no pattern (there is nothing to be close to) name some of role calibration");
  for (const Pattern& pattern : request.patterns) check_held(place, pattern, study);
}

void read_stop(toml_reader::Table& table, Request& request) {
  const auto value = table.find("stop");
  std::optional<toml_reader::Table> stop = value ? value->table() : std::nullopt;
  if (!stop) return;
  stop->read("acceptance", request.acceptance, share);
  stop->read("simulations", request.simulations, toml_reader::integer_within(1, 100'000'000));
  // a screen is made in two, and what is accepted comes in the third
  const std::int64_t least = request.method == calibration::Method::screen ? 3 : 1;
  stop->read("generations", request.generations, toml_reader::integer_within(least, 10'000));
  stop->finish();
}

std::string text_of(const Request& request, const std::string& patterns) {
  std::vector<std::string> use;
  for (const Pattern& pattern : request.patterns) use.push_back(pattern.id);
  return fmt::format(
      "\n[calibration]\nmethod = {}\npatterns = {}\nuse = {}\nparticles = {}\n{}\n"
      "tolerance = {}\n"
      "stop = {{ acceptance = {}, simulations = {}, generations = {} }}\n",
      toml_reader::string_text(
          calibration::method_names.at(static_cast<std::size_t>(request.method))),
      toml_reader::string_text(files::full_path(patterns)), toml_reader::list_text(use),
      request.particles,
      request.method == calibration::Method::screen
          ? fmt::format("training = {}", request.training)
          : fmt::format("quantile = {}", toml_reader::number_text(request.quantile)),
      toml_reader::number_text(request.tolerance), toml_reader::number_text(request.acceptance),
      request.simulations, request.generations);
}

void refuse(toml_reader::Table& root, const char* key, const char* why) {
  if (const auto value = root.find(key)) value->error(why);
}

}  // namespace

void read_calibration_section(toml_reader::Table& root, const std::string& folder, Draft& draft,
                              Request& request) {
  refuse(root, "design", "has no place in a calibration (it looks for its points itself) drop it");
  refuse(root, "alternatives",
         "has no place in a calibration (rival theories are calibrated one by one) choose one by "
         "--set structure.…");
  draft.study.doubt = study::Doubt::own;
  refuse(root, "doubt", "has no place in a calibration (it looks for the points itself) drop it");
  if (draft.study.until)
    root.find("replicates")
        ->error(
            "has a rule when to stop (a calibration makes at_least runs of "
            "every vector) drop until and at_most");
  read_uncertain(root, folder, draft);
  const auto section =
      root.require("calibration", "`rathaus calibrate` reads what it is to do there");
  if (!root.require("uncertain", "the numbers that are calibrated, with their priors") || !section)
    return;
  if (!draft.study.ensembles.empty())
    return root.find("uncertain")
        ->error("names an ensemble (a calibration has priors, an ensemble is what comes of one)");
  if (draft.study.uncertain.empty() && !root.diagnostics().failed())
    root.find("uncertain")->error("is empty (nothing is to be calibrated)");
  std::optional<toml_reader::Table> table = section->table();
  if (!table) return;
  std::string path = files::join(draft.study.model_folder, patterns_file_name);
  const auto named = table->find("patterns");
  if (const auto name = named ? named->filled_text() : std::nullopt)
    path = named->is_from_command_line() ? *name : files::join(folder, *name);
  else if (draft.study.model_folder.empty() && !named)
    table->require("patterns", "the model stands in the experiment and has no file of patterns");
  table->read("method", request.method, [](const toml_reader::Value& value) {
    return value.word(calibration::method_names);
  });
  const bool screened = request.method == calibration::Method::screen;
  if (const auto other = table->find(screened ? "quantile" : "training"))
    other->error(screened
                     ? "is for method = \"smc\" (a screen goes to the tolerance at once) drop it"
                     : "is for method = \"screen\" (no other looks at the prior) drop it");
  table->read("training", request.training, toml_reader::integer_within(100, 1'000'000));
  table->read("particles", request.particles, toml_reader::integer_within(10, 1'000'000));
  table->read("quantile", request.quantile, share);
  table->read("tolerance", request.tolerance, positive);
  read_stop(*table, request);
  const PatternsFile file = read_patterns(path, table->diagnostics());
  draft.study.inputs.push_back(file.input);
  request.patterns_text = file.text;
  if (request.simulations * draft.study.replicates > std::numeric_limits<std::uint32_t>::max())
    section->error(
        "asks for more runs than can be numbered (simulations x replicates) ask for fewer");
  if (table->diagnostics().failed()) {
    table->find("use");
  } else {
    choose(root, *table, file, draft.study, request);
  }
  table->finish();
  draft.calibration_text = text_of(request, path);
}

}  // namespace rathaus::config
