#include "config/label.h"

#include <fmt/format.h>

#include <algorithm>

#include "toml_reader/shown_text.h"
#include "toml_reader/toml_text.h"

namespace rathaus::config {

Label read_label(const toml_reader::Value& value) {
  Label label;
  if (!value.is_table()) {
    label.en = label.de = value.filled_text().value_or("");
    return label;
  }
  std::optional<toml_reader::Table> table = value.table();
  table->read("en", label.en, &toml_reader::Value::filled_text);
  table->read("de", label.de, &toml_reader::Value::filled_text);
  table->finish();
  if (table->entries().empty()) value.error("holds no text (en, de or both)");
  if (label.en.empty()) label.en = label.de;
  if (label.de.empty()) label.de = label.en;
  return label;
}

bool is_label(const toml_reader::Value& value) {
  std::optional<toml_reader::Table> table = value.table();
  if (!table) return false;
  const auto entries = table->entries();
  return !entries.empty() && std::ranges::all_of(entries, [](const auto& entry) {
    return entry.first == "en" || entry.first == "de";
  });
}

std::string label_text(const Label& label) {
  return label.en.empty()
             ? ""
             : fmt::format("{{ en = {}, de = {} }}", toml_reader::string_text(label.en),
                           toml_reader::string_text(label.de));
}

}  // namespace rathaus::config
