#include "config/overrides.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <optional>

#include "model/coefficients.h"
#include "model/parameters.h"
#include "model/structure.h"
#include "toml_reader/source.h"
#include "toml_reader/toml_text.h"

namespace rathaus::config {
namespace {

/// a.b.c = 1 is a chain of tables with one key each; the value at its end may be any.
bool is_chain(const toml::table& table) {
  if (table.size() != 1) return false;
  const toml::table* inner = table.begin()->second.as_table();
  return !inner || inner->is_inline() || is_chain(*inner);
}

std::optional<toml::table> parse_chain(const std::string& text, const std::string& name) {
  Diagnostics unused;  // the user wrote no TOML document: its syntax errors would not help
  std::optional<toml::table> table = toml_reader::parse(text, name, unused);
  if (table && !is_chain(*table)) table.reset();
  return table;
}

/// Where a chain leads to and where it stops on its way.
struct Merge {
  std::string path;
  Diagnostics& diagnostics;
  Place place;

  void into(toml::table& target, toml::table& chain) {
    const toml::key key = chain.begin()->first;
    toml::node& change = chain.begin()->second;
    if (!path.empty()) path += '.';
    path += toml_reader::key_text(key.str());
    toml::node* present = target.get(key.str());
    toml::table* inner = change.as_table();
    if (!present || !inner || inner->is_inline()) {
      target.insert_or_assign(key, std::move(change));
    } else if (toml::table* next = present->as_table()) {
      into(*next, *inner);
    } else {
      diagnostics.error(place, fmt::format("{} is not a table (a key leads only through tables) "
                                           "shorten the key, or set {} itself",
                                           path, path));
    }
  }
};

/// Takes keys out of [population] that came from the file: they belong to what was replaced.
void drop_from_file(toml::table& experiment, std::initializer_list<const char*> keys) {
  toml::table* population = experiment["population"].as_table();
  for (const char* key : keys)
    if (const toml::node* node = population->get(key);
        node && !toml_reader::is_from_command_line(*node))
      population->erase(key);
}

/// `before`: how many were applied before it.
void apply_override(toml::table& experiment, const std::string& given, std::size_t before,
                    Diagnostics& diagnostics) {
  const std::string name = std::string(toml_reader::command_line) + given;
  std::size_t equals = given.find('=');
  const std::string key = full_key(given.substr(0, equals));
  const std::string set = equals == std::string::npos ? given : key + given.substr(equals);
  equals = set.find('=');
  if (equals == std::string::npos || key.find_first_not_of(" \t") == std::string::npos)
    return diagnostics.error(
        {name},
        fmt::format("there is no {} (KEY=VALUE is wanted) write it like "
                    "parameters.lock_rate=0.04",
                    key.empty() || equals != std::string::npos ? "key before '='" : "'=' in it"));

  std::optional<toml::table> chain;
  if (key.find('\n') == std::string::npos) {
    // one line for each: Table::entries() has them in the order of their lines
    const std::string lines(before, '\n');
    chain = parse_chain(lines + set, name);
    if (!chain)
      chain =
          parse_chain(lines + key + "=" + toml_reader::string_text(set.substr(equals + 1)), name);
  }
  if (!chain)
    return diagnostics.error({name}, fmt::format("'{}' is no key (words joined by dots are wanted) "
                                                 "write it like parameters.lock_rate=0.04",
                                                 key));
  Merge merge{"", diagnostics, {name}};
  merge.into(experiment, *chain);
  if (merge.path == "population.file") drop_from_file(experiment, {"source", "units", "sha256"});
  if (merge.path == "population.source") drop_from_file(experiment, {"file", "sha256"});
  if (merge.path == "population.adjacency") drop_from_file(experiment, {"adjacency_sha256"});
}

}  // namespace

std::string full_key(const std::string& key) {
  const auto has = [&](const auto& fields) {
    return std::ranges::any_of(fields, [&](const auto& field) { return field.name == key; });
  };
  if (has(model::parameter_fields())) return "parameters." + key;
  if (has(model::coefficient_fields())) return "coefficients." + key;
  return has(model::switches()) ? "structure." + key : key;
}

void apply_overrides(toml::table& experiment, const std::vector<std::string>& sets,
                     Diagnostics& diagnostics) {
  for (std::size_t s = 0; s < sets.size(); ++s) apply_override(experiment, sets[s], s, diagnostics);
}

}  // namespace rathaus::config
