#include "model_folder/model_folder.h"

#include <fmt/format.h>

#include <set>

#include "files/sha256.h"
#include "files/texts.h"
#include "model_folder/model_reader.h"
#include "toml_reader/source.h"

namespace rathaus::model_folder {
namespace {

constexpr std::array parts{"parameters", "coefficients", "use_cases",
                           "vendors",    "series",       "population"};
constexpr std::array optional_parts{"country", "programmes"};

bool is_model(const std::string& folder) {
  return files::kind_of(files::join(folder, "parameters.toml")) != files::Kind::nothing;
}

std::set<std::string> installed(const ModelPlaces& places) {
  std::set<std::string> names;
  for (const std::string& place : places.folders)
    for (const std::string& name : files::folders_in(place))
      if (is_model(files::join(place, name))) names.insert(name);
  return names;
}

/// The last name of a path, whatever it ends with.
std::string name_of(const std::string& folder) {
  const std::string name = files::last_name(files::full_path(folder));
  return name.empty() ? "model" : name;
}

/// A path that leads nowhere may end with the name of an installed model, as in a file that was
/// copied.
Suggestion named(const std::string& folder, const std::set<std::string>& installed) {
  const std::string name = name_of(folder);
  return {installed.contains(name) ? fmt::format("write \"{}\", which is installed", name) : ""};
}

}  // namespace

std::optional<std::string> find_model(const std::string& path_or_name, const std::string& base,
                                      const ModelPlaces& places, const Place& place,
                                      Diagnostics& diagnostics) {
  const bool is_word = path_or_name.find('/') == std::string::npos;
  if (is_word)
    for (const std::string& models : places.folders)
      if (std::string folder = files::join(models, path_or_name); is_model(folder)) return folder;
  std::string folder = files::join(base, path_or_name);
  if (is_model(folder)) return folder;

  const std::set<std::string> names = installed(places);
  const std::vector<std::string_view> known(names.begin(), names.end());
  const files::Kind kind = files::kind_of(folder);
  const char* reason = kind == files::Kind::folder    ? "the folder has no parameters.toml"
                       : kind == files::Kind::nothing ? "no such folder"
                                                      : "it is a file, not a folder";
  diagnostics.error(place, fmt::format("there is no model '{}' ({}{})", path_or_name, reason,
                                       is_word ? ", and no model of that name is installed" : "") +
                               (is_word ? suggestion(path_or_name, known) : named(folder, names)));
  return std::nullopt;
}

Model read_model_folder(const std::string& folder, Diagnostics& diagnostics,
                        std::vector<study::Input>& inputs) {
  toml::table model;
  const auto read = [&](const char* part) {
    const std::string path = files::join(folder, fmt::format("{}.toml", part));
    const std::optional<std::string> text = toml_reader::read_file(path, diagnostics);
    if (!text) return;
    inputs.push_back({path, text->size(), files::sha256_of(*text), path});
    if (auto table = toml_reader::parse(*text, path, diagnostics))
      model.insert(part, *std::move(table));
  };
  for (const char* part : parts) read(part);
  for (const char* part : optional_parts)
    if (files::kind_of(files::join(folder, fmt::format("{}.toml", part))) != files::Kind::nothing)
      read(part);
  Model result = read_model_table(toml_reader::Table(model, "", diagnostics), ModelForm::folder);
  result.name = name_of(folder);
  return result;
}

Model read_model(const std::string& path_or_name, const ModelPlaces& places,
                 Diagnostics& diagnostics) {
  std::vector<study::Input> inputs;
  const auto folder = find_model(path_or_name, "", places, {}, diagnostics);
  return folder ? read_model_folder(*folder, diagnostics, inputs) : Model{};
}

}  // namespace rathaus::model_folder
