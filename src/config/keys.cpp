#include "config/keys.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "config/calibration_section.h"
#include "config/every_key.h"
#include "config/experiment_file.h"
#include "config/patterns_file.h"
#include "config/study_reader.h"
#include "files/texts.h"
#include "model/programmes.h"
#include "model/structure.h"
#include "model/tables.h"
#include "model_folder/series.h"
#include "toml_reader/source.h"
#include "toml_reader/toml_text.h"

namespace rathaus::config {
namespace {

using toml_reader::Form;
using toml_reader::Kind;

/// What an experiment gets of itself is what this one resolves to.
constexpr std::string_view shortest = R"(
title = "T"
model = "germany"
doubt = "none"
[programme.NAME]
field = "competences"
ports = { aware = 0.3 }
window = { first = "2026-Q1" }
[scenario.BASE]
baseline = true
[scenario.NAME]
programmes = ["NAME"]
)";
constexpr std::string_view shortest_calibration = R"(
title = "T"
model = "germany"
[uncertain]
u0 = "range"
[calibration]
)";

std::vector<std::string> words_of(const std::string& path) {
  std::vector<std::string> words{""};
  bool quoted = false;
  for (const char c : path) {
    if (c == '"') quoted = !quoted;
    if (c == '.' && !quoted)
      words.emplace_back();
    else
      words.back() += c;
  }
  return words;
}

/// The path with the user's names in capitals and places in lists left out: "target[].by".
std::string general(const std::string& file, const std::string& path) {
  std::vector<std::string> words = words_of(path);
  const auto named = [&](std::size_t i, std::string_view name) {
    if (i < words.size()) words[i] = name;
  };
  if (file == "parameters.toml" || file == "coefficients.toml") named(0, "NAME");
  if (file == "series.toml" && words[0] != "compliance_from") named(0, "NAME");
  if (file == "programmes.toml") named(0, "NAME");
  if (file == "programmes.toml" && words.size() > 2 && words[1] == "ports") named(2, "PORT");
  if (words[0] == "programme" && words.size() > 4 && (words[2] == "ports" || words[3] == "reserve"))
    named(4, "CLASS");
  if (words[0] == "programme" && words.size() > 3 && words[2] == "bonus" && words[3] != "coop")
    named(3, "CLASS");
  if (words[0] == "column") named(1, "COLUMN");
  if (file == patterns_file_name && words.size() > 2) {
    static const std::set<std::string> of_term{"sum", "scenario", "quarter", "quarters", "weight"};
    named(1, "TERM");
    if (words[2] == "per" && words.size() > 3 && !of_term.contains(words[3])) named(3, "CLASS");
    if (words[2] != "per" && !of_term.contains(words[2].substr(0, words[2].find('['))))
      named(2, "CLASS");
  }
  if (words[0] == "scenario") named(1, "NAME");
  if (words[0] == "scenario" && words.size() > 3 && words[2] == "change") named(3, "NAME");
  if (words[0] == "uncertain" && words.size() > 1 && !words[1].starts_with("ensemble"))
    named(1, "NUMBER");
  if (words[0] == "alternatives") {
    if (words.size() > 1)
      words[1] = "KEY" + words[1].substr(std::min(words[1].rfind('"') + 1, words[1].size()));
    if (words.size() > 3) named(3, "KEY");
  }
  std::string text = fmt::format("{}", fmt::join(words, "."));
  for (std::size_t open = 0; (open = text.find('[', open)) != std::string::npos; ++open)
    text.erase(open + 1, text.find(']', open) - open - 1);
  return text;
}

/// The text of an example with what the program knows by itself in its place: all parameters,
/// coefficients, switches and ports.
std::string completed(std::string_view text, const model_folder::Model& model,
                      const std::string& folder) {
  std::string all(text);
  for (std::size_t at = 0; (at = all.find("MODEL/")) != std::string::npos;)
    all.replace(at, 5, folder);
  const auto insert = [&](std::string_view heading, const std::string& lines) {
    if (const std::size_t at = all.find(heading); at != std::string::npos)
      all.insert(all.find('\n', at + 1) + 1, lines);
  };
  const auto values = [](const std::vector<study::Evidence>& numbers) {
    std::string lines;
    for (const study::Evidence& number : numbers)
      lines += fmt::format("{} = {}\n", number.name, toml_reader::number_text(number.standard));
    return lines;
  };
  insert("\n[parameters]", values(model.parameters));
  insert("\n[coefficients]", values(model.coefficients));
  std::string switches, ports, by_class;
  for (const model::Switch& choice : model::switches())
    switches += fmt::format("{0} = {1}{2}{1}  # {3}\n", choice.name, choice.boolean ? "" : "\"",
                            choice.words[0], choice.meaning);
  for (const auto& port : model::port_names) {
    ports += fmt::format("{} = 0\n", port);
    by_class += fmt::format("{} = {{ weak = 0, middle = 0, strong = 0 }}\n", port);
  }
  std::string constant, paths;
  for (const model_folder::SeriesField& series : model_folder::series_fields()) {
    const std::string value = toml_reader::number_text(std::max(series.quantity.lowest, 0.0));
    constant += fmt::format("{} = {}  # one number for the whole run, or a path\n",
                            series.quantity.name, value);
    paths += fmt::format(
        "[series.{0}]\n"
        "interpolation = \"linear\"  # between points the last value holds, or a straight line\n"
        "[[series.{0}.path]]  # points, in the order of the calendar\n"
        "quarter = \"2021-Q1\"  # where the point lies\n"
        "value = {1}  # how high it is\n",
        series.quantity.name, value);
  }
  const auto lowest = [](const std::vector<toml_reader::Quantity>& columns) {
    std::string lines;
    for (const toml_reader::Quantity& column : columns)
      lines += fmt::format("{} = {}\n", column.name, toml_reader::number_text(column.lowest));
    return lines;
  };
  insert("\n[[model.use_cases.use_case]]",
         lowest(toml_reader::quantities(model::use_case_fields())));
  insert("\n[[model.vendors.vendor]]", lowest(toml_reader::quantities(model::vendor_fields())));
  insert("\n[series]  #", constant);
  insert("\n[series]\n", paths);
  insert("\n[structure]", switches);
  insert("\n[programme.NAME.ports]  #", ports);
  insert("\n[programme.NAME.ports]\n", by_class);
  return all;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> all;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) all.push_back(line);
  return all;
}

/// Comments by line, counted from 1.
std::map<std::size_t, std::string> comments_of(const std::string& text) {
  std::map<std::size_t, std::string> comments;
  const std::vector<std::string> lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (const std::size_t at = lines[i].rfind("  # "); at != std::string::npos)
      comments[i + 1] = lines[i].substr(at + 4);
  return comments;
}

/// "[quarter] how long the run is"
void give_meaning(Key& key, std::string_view comment) {
  if (!key.meaning.empty()) return;
  const std::size_t unit_end = comment.starts_with('[') ? comment.find("] ") : std::string::npos;
  if (unit_end != std::string::npos) {
    key.unit = comment.substr(1, unit_end - 1);
    comment.remove_prefix(unit_end + 2);
  }
  key.meaning = comment;
}

/// Keeps what is heard of some files, in its order.
class Listener : public toml_reader::Listener {
 public:
  using Comments = std::map<std::size_t, std::string>;

  /// `own`: the name of an example, whose comments are the meanings.
  Listener(std::string own, Comments comments, std::vector<Key>& keys)
      : own_(std::move(own)), comments_(std::move(comments)), keys_(keys) {}

  void asked(const Place& table, const std::string& name, bool, std::string_view why) override {
    if (Key* key = key_of(table, name); key && key->required.empty()) key->required = why;
  }

  void read(const Place& value, const std::string& name, const Form& form) override {
    if (name.find("][") != std::string::npos) return;  // a list in a list
    const bool is_element = name.ends_with(']');
    Key* key = key_of(value, is_element ? name.substr(0, name.rfind('[')) : name);
    if (key == nullptr) return;
    add(*key, form);
    key->alone = key->alone || (!is_element && form.kind != Kind::list && form.kind != Kind::table);
    if (value.file == own_ && !is_element && comments_.contains(value.line))
      give_meaning(*key, comments_.at(value.line));
  }

 private:
  /// Null: of a file that is none of ours, or only looked for to be refused.
  Key* key_of(const Place& place, const std::string& name) {
    std::string file = place.file.substr(place.file.rfind('/') + 1), path = name;
    const std::string in_table = "model.";  // of an experiment: as the file of that name
    if (place.file == own_ && name.starts_with(in_table) &&
        name.find('.', in_table.size()) != std::string::npos) {
      path = name.substr(in_table.size());
      file = path.substr(0, path.find('.')) + ".toml";
    } else if (place.file != own_ && !file.ends_with(".toml")) {
      return nullptr;
    }
    if (place.file != own_ || file != own_) {
      const std::string part = file.substr(0, file.size() - 5);
      if (path == part) return nullptr;
      if (path.starts_with(part + '.')) path.erase(0, part.size() + 1);
    }
    path = general(file, path);
    const bool probe =
        file == "experiment" && (path == "ports" || path == "calibration" ||
                                 path.starts_with("scenario.NAME.change.NAME.") ||
                                 (path.starts_with("model.") && path != "model.name"));
    return probe ? nullptr : &entry(file, path);
  }
  Key& entry(const std::string& file, const std::string& path) {
    for (Key& key : keys_)
      if (key.file == file && key.path == path) return key;
    keys_.push_back({file, path, {}, false, "", "", "", ""});
    return keys_.back();
  }

  /// A word is read as a text first, a quantity as a number: the narrower form stays.
  static void add(Key& key, const Form& form) {
    const auto narrower = [](const Form& a, const Form& b) {
      return (a.kind == b.kind && (!a.lowest.empty() || b.lowest.empty())) ||
             (b.kind == Kind::text && (a.kind == Kind::word || a.kind == Kind::quarter)) ||
             (b.kind == Kind::number && a.kind == Kind::whole_number && b.lowest.empty());
    };
    if (std::ranges::any_of(key.forms,
                            [&](const Form& f) { return narrower(f, form) && f != form; }) &&
        form.lowest.empty() && form.words.empty())
      return;
    std::erase_if(key.forms, [&](const Form& f) { return narrower(form, f); });
    key.forms.push_back(form);
    if (key.unit.empty()) key.unit = form.unit;
  }

  std::string own_;
  Comments comments_;
  std::vector<Key>& keys_;
};

/// Values of a text as they are written there, by path; each stands on one line.
void flatten(const toml::table& table, const std::vector<std::string>& lines,
             const std::string& prefix, std::map<std::string, std::string>& values) {
  for (const auto& [key, node] : table) {
    const std::string path = prefix + std::string(key.str());
    const auto& [begin, end, file] = node.source();
    if (const auto* inner = node.as_table())
      flatten(*inner, lines, path + '.', values);
    else if (begin.line == end.line)
      values[path] = lines[begin.line - 1].substr(begin.column - 1, end.column - begin.column);
  }
}

std::map<std::string, std::string> values_of(const std::string& text) {
  Diagnostics diagnostics;
  const std::optional<toml::table> table = toml_reader::parse(text, "", diagnostics);
  diagnostics.throw_if_failed();
  std::map<std::string, std::string> values;
  flatten(*table, lines_of(text), "", values);
  return values;
}

/// A calibration reads other tables than a run.
study::Study read(const std::string& text, const std::string& file,
                  const model_folder::ModelPlaces& places, Diagnostics& diagnostics) {
  if (file == patterns_file_name) {
    read_patterns_text(text, file, diagnostics);
    return {};
  }
  if (file != "calibration") return read_experiment_text(text, file, "", {}, places, diagnostics);
  calibration::Request request;
  return read_study(
      text, file, "", {}, places,
      [&](toml_reader::Table& root, const std::string& folder, Draft& draft) {
        read_calibration_section(root, folder, draft, request);
      },
      diagnostics);
}

/// What stands in the resolved text and was not given.
void tell_defaults(std::string_view text, const std::string& file,
                   const model_folder::ModelPlaces& places, std::vector<Key>& keys) {
  Diagnostics diagnostics;
  const study::Study study = read(std::string(text), file, places, diagnostics);
  const auto given = values_of(std::string(text)), resolved = values_of(study.resolved_text);
  for (Key& key : keys)
    if (key.file == file && resolved.contains(key.path) && !given.contains(key.path) &&
        key.meaning.find("default:") == std::string::npos)
      key.standard = resolved.at(key.path);
}

/// Names that the user or the model gives are no words of ours: any text may stand there.
void free_names(const model_folder::Model& model, const std::string& folder,
                std::vector<Key>& keys) {
  std::set<std::string> names{"NAME", "BASE"};
  for (const auto& row : model.programmes) names.insert(row.name);
  for (const auto& row : model.use_cases) names.insert(row.numbers.name);
  for (const auto& row : model.vendors) names.insert(row.numbers.archetype);
  Diagnostics diagnostics;
  for (const patterns::Pattern& pattern :
       read_patterns(files::join(folder, patterns_file_name), diagnostics).patterns)
    names.insert(pattern.id);
  for (Key& key : keys) {
    const bool of_variable = key.file == patterns_file_name &&
                             (key.path.ends_with("CLASS") || key.path.ends_with("along"));
    for (Form& form : key.forms)
      if (!form.words.empty() && (of_variable || names.contains(form.words.front())))
        form = {Kind::text};
  }
}

std::string section_of(const Key& key) {
  return key.file + ' ' + key.path.substr(0, key.path.find_first_of(".["));
}

}  // namespace

bool Key::is_table() const {
  return std::ranges::any_of(forms, [](const Form& form) { return form.kind == Kind::table; });
}

std::string Key::type_text() const {
  static const std::map<Kind, std::string> names{
      {Kind::truth, "true or false"}, {Kind::text, "text"},
      {Kind::number, "number"},       {Kind::whole_number, "whole number"},
      {Kind::word, "word"},           {Kind::quarter, "quarter"},
      {Kind::list, "list"},           {Kind::table, "table"}};
  const bool list = std::ranges::find(forms, Kind::list, &Form::kind) != forms.end();
  std::vector<std::string> texts;
  for (const Form& form : forms)
    if (form.kind != Kind::list) texts.push_back(names.at(form.kind));
  if (!list) return fmt::format("{}", fmt::join(texts, " or "));
  if (texts.empty()) return "list";
  const std::string of = fmt::format("{}", fmt::join(texts, " or "));
  return alone && !is_table() ? fmt::format("{0}, or list: {0}", of) : "list: " + of;
}

std::string Key::range_text() const {
  std::vector<std::string> texts;
  for (const Form& form : forms) {
    constexpr std::size_t most_words = 12;
    for (std::size_t i = 0; i < std::min(form.words.size(), most_words); ++i)
      texts.push_back('"' + form.words[i] + '"');
    if (form.words.size() > most_words)
      texts.push_back(fmt::format("... ({} words)", form.words.size()));
    if (form.lowest.empty() || unit.starts_with("of the ")) continue;
    const double highest = std::stod(form.highest);
    texts.push_back(highest >= 1e9 ? fmt::format("{} or more", form.lowest)
                                   : fmt::format("{} to {}", form.lowest, form.highest));
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::vector<Key> all_keys(const model_folder::ModelPlaces& places) {
  Diagnostics diagnostics;
  const auto folder = model_folder::find_model("germany", "", places, {}, diagnostics);
  diagnostics.throw_if_failed();
  std::vector<study::Input> inputs;
  const model_folder::Model model = model_folder::read_model_folder(*folder, diagnostics, inputs);
  diagnostics.throw_if_failed();
  std::vector<Key> keys;
  for (const EveryKey& example : experiments()) {
    const std::string text = completed(example.text, model, *folder), file(example.file);
    Listener listener(file, comments_of(text), keys);
    const toml_reader::Listening listening(listener);
    Diagnostics own;  // some keys contradict each other, some files are not there
    try {
      read(text, file, places, own);
    } catch (const InputError&) {
    }
  }
  tell_defaults(shortest, "experiment", places, keys);
  tell_defaults(shortest_calibration, "calibration", places, keys);
  for (Key& key : keys) {
    for (const Form& form : key.forms)
      if (key.meaning.empty()) key.meaning = form.meaning;
    if (key.meaning.empty()) key.meaning = key.required;
  }
  free_names(model, *folder, keys);
  // a calibration has the keys of an experiment, and its own table
  std::erase_if(keys, [](const Key& key) {
    return key.file == "calibration" && section_of(key) != "calibration calibration";
  });
  std::vector<std::string> sections;
  for (const Key& key : keys)
    if (std::ranges::find(sections, section_of(key)) == sections.end())
      sections.push_back(section_of(key));
  const auto place_of = [&](const Key& key) {
    const int of_model = key.file == "experiment" ? 0 : key.file == "calibration" ? 1 : 2;
    return std::pair(of_model, std::ranges::find(sections, section_of(key)) - sections.begin());
  };
  std::ranges::stable_sort(keys, {}, place_of);
  return keys;
}

}  // namespace rathaus::config
