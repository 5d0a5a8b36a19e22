#include "config/resolved.h"

#include <fmt/format.h>

#include <cmath>

#include "config/label.h"
#include "config/programme_text.h"
#include "config/unit_class.h"
#include "files/texts.h"
#include "model/structure.h"
#include "model_folder/model_text.h"
#include "model_folder/series.h"
#include "toml_reader/toml_text.h"

namespace rathaus::config {
namespace {

std::string select_text(const population::Request& request) {
  std::vector<std::string> conditions;
  if (!request.select_land.empty())
    conditions.push_back("land = " + toml_reader::list_text(request.select_land));
  if (!request.select_region.empty())
    conditions.push_back("region = " + toml_reader::list_text(request.select_region));
  std::vector<std::string> sizes;
  if (request.population_at_least)
    sizes.push_back(fmt::format("at_least = {}", *request.population_at_least));
  if (request.population_below)
    sizes.push_back(fmt::format("below = {}", *request.population_below));
  if (!sizes.empty())
    conditions.push_back(fmt::format("population = {{ {} }}", fmt::join(sizes, ", ")));
  if (conditions.empty()) return "";
  return fmt::format("select = {{ {} }}\n", fmt::join(conditions, ", "));
}

/// A file by its absolute path and its hash.
std::string file_text(std::string_view key, const std::string& path, std::string_view sha256_key,
                      const std::string& sha256) {
  return fmt::format("{} = {}\n{} = {}\n", key, toml_reader::string_text(files::full_path(path)),
                     sha256_key, toml_reader::string_text(sha256));
}

void write_population(std::string& out, const Draft& draft) {
  const population::Request& request = draft.study.population;
  out += "\n[population]\n";
  if (request.file.empty())
    out += "source = \"synthetic\"\n";
  else
    out += file_text("file", request.file, "sha256", draft.population_sha256);
  if (!request.adjacency.empty())
    out += file_text("adjacency", request.adjacency, "adjacency_sha256", draft.adjacency_sha256);
  out += fmt::format("unit = \"{}\"\n",
                     population::unit_kind_names[static_cast<std::size_t>(request.unit)]);
  if (request.units) out += fmt::format("units = {}\n", *request.units);
  if (request.redraw != population::Redraw::never)
    out += fmt::format("redraw = \"{}\"\n",
                       population::redraw_names[static_cast<std::size_t>(request.redraw)]);
  if (request.providers)
    out += fmt::format("providers = \"{}\"\n",
                       population::provider_words[static_cast<std::size_t>(*request.providers)]);
  out += select_text(request);
}

void write_run(std::string& out, const Draft& draft) {
  const study::Study& study = draft.study;
  out += fmt::format("\n[time]\nstart = {}\nspin_up = {}\nquarters = {}\n",
                     toml_reader::string_text(study.start.text()), draft.spin_up, study.quarters);
  out += fmt::format("\n[money]\nprices_of = {}\ndiscount = {}\n", study.prices_of,
                     toml_reader::number_text(study.discount));
  out += fmt::format("\n[replicates]\nat_least = {}\n", study.at_least);
  if (const auto& until = study.until) {
    const auto quarter = model::CalendarQuarter::from_index(
        study.start.index() + static_cast<std::int32_t>(until->quarter));
    out += fmt::format(
        "at_most = {}\nuntil = {{ indicator = \"{}\", quarter = \"{}\", half_width = {}, "
        "confidence "
        "= {} }}\n",
        study.replicates, until->indicator, quarter.text(),
        toml_reader::number_text(until->half_width), toml_reader::number_text(until->confidence));
  }
  out += fmt::format("\n[random]\nseed = {}\n", study.seed);
  out += fmt::format("\n[output]\ngroups = {}\nfirst_operation = {}\nfixed_demand = {}\n",
                     toml_reader::list_text(study.output.groups), study.output.first_operation,
                     study.output.fixed_demand);
  if (const auto& panel = study.output.panel)
    out += fmt::format("panel = {{ replicates = [{}], every = {} }}\n",
                       fmt::join(panel->replicates, ", "), panel->every);
}

/// One text where both languages have the same.
std::string in_both_languages(const Label& label) {
  return label.en == label.de ? toml_reader::string_text(label.en) : label_text(label);
}

void write_question(std::string& out, const study::Study& study) {
  const study::Question& question = study.question;
  const Label text{question.en, question.de};
  if (!question.in_numbers) {
    out += fmt::format("question = {}\n", in_both_languages(text));
    return;
  }
  out +=
      fmt::format("\n[question]\ntext = {}\nmetric = \"{}\"\n", label_text(text), question.metric);
  if (!question.of.is_all()) out += "group = " + class_text(question.of) + "\n";
  const auto horizon = model::CalendarQuarter::from_index(
      study.start.index() + static_cast<std::int32_t>(*question.horizon));
  out += fmt::format("horizon = \"{}\"\nprefer = \"{}\"\n", horizon.text(),
                     question.more ? "more" : "less");
  if (question.smallest_gain)
    out += fmt::format("smallest_gain = {}\n", toml_reader::number_text(*question.smallest_gain));
}

/// One for all theories, or a list with one for each.
std::string ensembles_text(const std::vector<study::Ensemble>& ensembles) {
  if (ensembles.empty()) return "";
  if (ensembles.size() == 1)
    return file_text("ensemble", ensembles.front().file, "ensemble_sha256",
                     ensembles.front().sha256);
  std::vector<std::string> paths, hashes;
  for (const study::Ensemble& ensemble : ensembles) {
    paths.push_back(files::full_path(ensemble.file));
    hashes.push_back(ensemble.sha256);
  }
  return fmt::format("ensemble = {}\nensemble_sha256 = {}\n", toml_reader::list_text(paths),
                     toml_reader::list_text(hashes));
}

/// Points of a list are written out; others come again from the method and the seed.
void write_design(std::string& out, const study::Study& study) {
  using study::DesignMethod;
  if (!study.uncertain.empty()) out += "\n[uncertain]\n";
  out += ensembles_text(study.ensembles);
  for (const study::Uncertain& number : study.uncertain)
    if (!number.joint)
      out += fmt::format("{} = {}  # [{}]\n", toml_reader::key_text(number.path),
                         text_of(number.distribution), toml_reader::comment_text(number.unit));
  const study::Design& design = study.design;
  if (design.method != DesignMethod::none) {
    out += fmt::format("\n[design]\nmethod = \"{}\"\n",
                       study::design_method_names[static_cast<std::size_t>(design.method)]);
    if (design.method == DesignMethod::morris)
      out += fmt::format("trajectories = {}\n", design.size);
    else if (design.method == DesignMethod::latin_hypercube ||
             design.method == DesignMethod::keyed_hypercube || design.method == DesignMethod::sobol)
      out += fmt::format("points = {}\n", design.size);
    if (design.method == DesignMethod::morris || design.method == DesignMethod::full_factorial)
      out += fmt::format("levels = {}\n", design.levels);
  }
  if (design.method == DesignMethod::list) {
    out += "values = [\n";
    const std::size_t k = study.uncertain.size();
    for (std::size_t i = 0; i < design.value.size(); i += k)
      out += "  " + toml_reader::list_text(std::span(design.value).subspan(i, k)) + ",\n";
    out += "]\n";
    if (design.saltelli > 0) out += "sample = \"saltelli\"\n";
    if (design.shared) out += "chance = \"shared\"\n";
  }
}

/// Crossed theories, one list for each key that they replace.
void write_alternatives(std::string& out, const Draft& draft) {
  if (draft.alternatives_text.empty()) return;
  out += "\n[alternatives]\n" + draft.alternatives_text;
}

void write_structure(std::string& out, const model::Structure& structure) {
  out += "\n[structure]\n";
  for (const model::Switch& choice : model::switches()) {
    const std::string word(choice.words[choice.get(structure)]);
    out += fmt::format("{} = {}\n", choice.name,
                       choice.boolean ? word : toml_reader::string_text(word));
  }
}

void write_values(std::string& out, std::string_view section,
                  const std::vector<study::Evidence>& numbers) {
  out += fmt::format("\n[{}]\n", section);
  for (const study::Evidence& n : numbers)
    if (n.given)
      out += fmt::format("{} = {}  # [{}], {} to {}, {}: {}\n", n.name,
                         toml_reader::number_text(n.value), toml_reader::comment_text(n.unit),
                         toml_reader::number_text(n.low), toml_reader::number_text(n.high), n.grade,
                         toml_reader::comment_text(n.source));
    else if (std::isnan(n.value))
      out += fmt::format("# {}: [{}], {}\n", n.name, toml_reader::comment_text(n.unit),
                         toml_reader::comment_text(n.source));
    else
      out += fmt::format("{} = {}  # [{}], {}\n", n.name, toml_reader::number_text(n.value),
                         toml_reader::comment_text(n.unit), toml_reader::comment_text(n.source));
}

void write_series(std::string& out, const Draft& draft) {
  out += "\n[series]\n";
  for (std::size_t s = 0; s < model_folder::series_count; ++s)
    out += fmt::format("{} = {}  # [{}]\n", model_folder::series_fields()[s].quantity.name,
                       model_folder::path_text(draft.series[s]),
                       model_folder::series_fields()[s].quantity.unit);
  out += fmt::format("{} = {}\n", model_folder::compliance_key,
                     toml_reader::string_text(draft.compliance_from.text()));
}

}  // namespace

std::string resolved_text(const Draft& draft) {
  const study::Study& study = draft.study;
  std::string out =
      "# A Rathaus experiment that stands alone: every default, table and choice is in it.\n"
      "# Comments behind numbers: [unit], plausible range, evidence grade (A measured, B "
      "published\n"
      "# elsewhere, C an anchor only, D assumption): source.\n\n";
  out += fmt::format("title = {}\n", in_both_languages({study.title, study.title_de}));
  if (study.doubt == study::Doubt::none || study.doubt == study::Doubt::shipped)
    out +=
        fmt::format("doubt = \"{}\"\n", study::doubt_names[static_cast<std::size_t>(study.doubt)]);
  write_question(out, study);
  write_population(out, draft);
  write_run(out, draft);
  out += scenarios_text(draft);
  write_design(out, study);
  out += draft.calibration_text;
  write_alternatives(out, draft);
  write_structure(out, study.rules.structure);
  write_values(out, "parameters", study.parameters);
  write_values(out, "coefficients", study.coefficients);
  write_series(out, draft);
  out += fmt::format("\n[model]\nname = {}\n", toml_reader::string_text(draft.model.name));
  return out + model_folder::model_text(draft.model);
}

}  // namespace rathaus::config
