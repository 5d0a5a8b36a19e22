#include <fmt/format.h>

#include <algorithm>

#include "config/reader.h"
#include "config/source.h"
#include "config/toml_text.h"

namespace rathaus::config {

Place Table::place() const {
  return place_of(table_->source());
}

std::string Table::name_of(std::string_view key) const {
  return name_.empty() ? key_text(key) : name_ + '.' + key_text(key);
}

std::optional<Value> Table::find(std::string_view key) {
  known_.emplace_back(key);
  if (const toml::node* node = table_->get(key)) return Value(*node, name_of(key), *diagnostics_);
  return std::nullopt;
}

std::optional<Value> Table::require(std::string_view key, std::string_view why) {
  std::optional<Value> value = find(key);
  if (!value) diagnostics_->error(place(), fmt::format("{} is missing ({})", name_of(key), why));
  return value;
}

void Table::refuse(std::string_view key, std::string_view why) {
  known_.emplace_back(key);
  for (const auto& [present, node] : *table_)
    if (present.str() == key)
      diagnostics_->error(
          place_of(present.source()),
          fmt::format("{} is not supported by this version ({})", name_of(key), why));
}

std::vector<std::pair<std::string, Value>> Table::entries() {
  std::vector<std::pair<std::string, Value>> all;
  for (const auto& [key, node] : *table_) {
    known_.emplace_back(key.str());
    all.emplace_back(key.str(), Value(node, name_of(key.str()), *diagnostics_));
  }
  return all;
}

void Table::finish() const {
  const std::vector<std::string_view> known(known_.begin(), known_.end());
  for (const auto& [key, node] : *table_) {
    if (std::ranges::find(known, key.str()) != known.end()) continue;
    diagnostics_->error(
        place_of(key.source()),
        fmt::format("unknown key '{}'{}", name_of(key.str()), suggestion(key.str(), known)));
  }
}

}  // namespace rathaus::config
