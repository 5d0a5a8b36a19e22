#include "model_folder/model_folder.h"

#include <fmt/format.h>

#include <set>

#include "files/sha256.h"
#include "model_folder/model_reader.h"
#include "toml_reader/source.h"

namespace rathaus::model_folder {
namespace {

namespace fs = std::filesystem;

constexpr std::array parts{"parameters", "coefficients", "use_cases",
                           "vendors",    "series",       "population"};
constexpr const char* catalogue = "programmes";  // a model may have none

bool is_model(const fs::path& folder) {
  std::error_code none;
  return fs::exists(folder / "parameters.toml", none);
}

std::set<std::string> installed(const ModelPlaces& places) {
  std::set<std::string> names;
  for (const fs::path& place : places.folders) {
    std::error_code none;
    for (fs::directory_iterator entry(place, none), end; !none && entry != end;
         entry.increment(none))
      if (is_model(entry->path())) names.insert(entry->path().filename().string());
  }
  return names;
}

/// The last name of a path, whatever it ends with.
std::string name_of(const fs::path& folder) {
  std::error_code none;
  const fs::path full = fs::weakly_canonical(folder, none);
  const std::string name = full.filename().string();
  return none || name.empty() ? "model" : name;
}

}  // namespace

std::optional<fs::path> find_model(const std::string& path_or_name, const fs::path& base,
                                   const ModelPlaces& places, const Place& place,
                                   Diagnostics& diagnostics) {
  const bool is_word = path_or_name.find('/') == std::string::npos;
  if (is_word)
    for (const fs::path& folder : places.folders)
      if (is_model(folder / path_or_name)) return folder / path_or_name;
  fs::path folder = base / path_or_name;
  if (is_model(folder)) return folder;

  const std::set<std::string> names = installed(places);
  const std::vector<std::string_view> known(names.begin(), names.end());
  std::error_code none;
  const char* reason = fs::is_directory(folder, none) ? "the folder has no parameters.toml"
                       : fs::exists(folder, none)     ? "it is a file, not a folder"
                                                      : "no such folder";
  diagnostics.error(place, fmt::format("there is no model '{}' ({}{}){}", path_or_name, reason,
                                       is_word ? ", and no model of that name is installed" : "",
                                       is_word ? suggestion(path_or_name, known) : ""));
  return std::nullopt;
}

Model read_model_folder(const fs::path& folder, Diagnostics& diagnostics,
                        std::vector<study::Input>& inputs) {
  toml::table model;
  const auto read = [&](const char* part) {
    const fs::path path = folder / fmt::format("{}.toml", part);
    const std::optional<std::string> text = toml_reader::read_file(path, diagnostics);
    if (!text) return;
    inputs.push_back({path.string(), text->size(), files::sha256_of(*text), path});
    if (auto table = toml_reader::parse(*text, path.string(), diagnostics))
      model.insert(part, *std::move(table));
  };
  for (const char* part : parts) read(part);
  std::error_code none;
  if (fs::exists(folder / fmt::format("{}.toml", catalogue), none)) read(catalogue);
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
