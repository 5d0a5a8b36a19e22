#include "commands/key_schema.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace rathaus::commands {
namespace {

using config::Key;
using nlohmann::ordered_json;
using toml_reader::Form;
using toml_reader::Kind;

ordered_json of_form(const Form& form) {
  switch (form.kind) {
    case Kind::truth:
      return {{"type", "boolean"}};
    case Kind::text:
      return {{"type", "string"}};
    case Kind::word:
      return {{"enum", form.words}};
    case Kind::quarter:
      return {{"type", "string"}, {"pattern", "^(19|20|21)[0-9]{2}-Q[1-4]$"}};
    case Kind::list:
      return {{"type", "array"}};
    case Kind::table:
      return {{"type", "object"}};
    case Kind::number:
    case Kind::whole_number: {
      ordered_json number{{"type", form.kind == Kind::number ? "number" : "integer"}};
      if (!form.lowest.empty()) {
        number["minimum"] = ordered_json::parse(form.lowest);
        number["maximum"] = ordered_json::parse(form.highest);
      }
      return number;
    }
  }
  return {};
}

ordered_json any_of(const std::vector<ordered_json>& forms) {
  return forms.size() == 1 ? forms.front() : ordered_json{{"anyOf", forms}};
}

/// Where what a table holds is described: under "properties", or for the user's own names under
/// "additionalProperties".
ordered_json& below(ordered_json& table, std::string word) {
  const bool in_list = word.ends_with("[]");
  if (in_list) word.erase(word.size() - 2);
  const bool any_name = std::ranges::all_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
  ordered_json& place = any_name ? table["additionalProperties"] : table["properties"][word];
  return in_list ? place["items"] : place;
}

void describe(const Key& key, ordered_json& place) {
  std::vector<ordered_json> forms;
  const bool list = std::ranges::find(key.forms, Kind::list, &Form::kind) != key.forms.end();
  for (const Form& form : key.forms)
    if (form.kind != Kind::list) forms.push_back(of_form(form));
  if (list && key.alone && !key.is_table()) {
    std::vector<ordered_json> either = forms;
    either.push_back({{"type", "array"}, {"items", any_of(forms)}});
    place["anyOf"] = either;
  } else if (list) {
    place["type"] = "array";
    if (!forms.empty() && !key.is_table()) place["items"] = any_of(forms);
  } else if (forms.size() == 1) {
    place.update(forms.front());
  } else if (!forms.empty()) {
    place["anyOf"] = forms;
  }
  place["description"] = key.unit.empty() ? key.meaning : key.meaning + " [" + key.unit + "]";
}

/// A table that is described holds nothing else.
void close(ordered_json& schema) {
  if (schema.is_object() && schema.contains("properties") &&
      !schema.contains("additionalProperties"))
    schema["additionalProperties"] = false;
  for (ordered_json& part : schema)
    if (part.is_structured()) close(part);
}

}  // namespace

std::string schema_of(const std::vector<Key>& keys) {
  ordered_json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                      {"title", "experiment of Rathaus"},
                      {"type", "object"}};
  for (const Key& key : keys) {
    // a model's folder has files of its own, which a table [model] repeats
    if (key.file.ends_with(".toml") || key.path == "model.name") continue;
    ordered_json* place = &schema;
    std::string rest = key.path;
    while (true) {
      const std::size_t dot = rest.find('.');
      place = &below(*place, rest.substr(0, dot));
      if (dot == std::string::npos) break;
      rest.erase(0, dot + 1);
    }
    describe(key, *place);
  }
  close(schema);
  return schema.dump(2);
}

}  // namespace rathaus::commands
