#include "config/keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "commands/command.h"
#include "commands/commands.h"
#include "commands/key_schema.h"
#include "commands/places.h"
#include "commands/table.h"
#include "diagnostics/diagnostics.h"

namespace rathaus::commands {
namespace {

struct KeysCommand {
  std::string word;              //!< empty: all keys
  std::string format = "table";  //!< table, csv, markdown or json
};

using config::Key;

std::string default_text(const Key& key) {
  return key.required.empty() ? key.standard : "needed";
}

bool holds(const Key& key, const std::string& word) {
  return key.path.find(word) != std::string::npos;
}

void require_known(const std::vector<Key>& keys, const std::string& word) {
  if (std::ranges::any_of(keys, [&](const Key& key) { return holds(key, word); })) return;
  std::set<std::string> names;
  for (const Key& key : keys) {
    names.insert(key.path);
    names.insert(key.path.substr(key.path.rfind('.') + 1));
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  const std::string similar = nearest(word, known);
  throw InputError(fmt::format("there is no key '{}'", word) +
                   Suggestion{similar.empty() ? "see rathaus keys"
                                              : fmt::format("did you mean '{}'?", similar)});
}

std::vector<std::string> cells_of(const Key& key) {
  return {key.path, key.type_text(), key.unit, default_text(key), key.range_text(), key.meaning};
}

/// One table for all files, or in a document one for each.
void print_tables(const std::vector<Key>& keys, TableFormat format) {
  Table table{{"key", "type", "unit", "default", "range or words", "meaning"}, {}, {}};
  if (format != TableFormat::markdown) {
    table.head.insert(table.head.begin(), "file");
    for (const Key& key : keys) {
      table.rows.push_back(cells_of(key));
      table.rows.back().insert(table.rows.back().begin(), key.file);
    }
    fmt::print("{}", table.text(format));
    return;
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    table.rows.push_back(cells_of(keys[i]));
    if (i + 1 < keys.size() && keys[i + 1].file == keys[i].file) continue;
    fmt::print("\n## {}\n\n{}", keys[i].file, table.text(format));
    table.rows.clear();
  }
}

int keys(const KeysCommand& command) {
  std::vector<Key> all = config::all_keys(model_places());
  require_known(all, command.word);
  if (command.format == "json") {
    fmt::print("{}\n", schema_of(all));
    return done;
  }
  std::erase_if(all, [&](const Key& key) { return !holds(key, command.word); });
  print_tables(all, table_format(command.format));
  return done;
}

}  // namespace

Command keys_command() {
  return command<KeysCommand>(
      "keys", "every key of the files: type, unit, default, range, meaning", &keys,
      [](auto& asked) {
        return std::vector<Option>{
            option("word", asked.word, "only keys that hold this word", "WORD"),
            option("--format", asked.format, "table, csv, markdown, or json: a schema for editors",
                   "FORMAT")
                .one_of({"table", "csv", "markdown", "json"})};
      });
}

}  // namespace rathaus::commands
