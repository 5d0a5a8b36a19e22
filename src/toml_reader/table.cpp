#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_set>

#include "toml_reader/listener.h"
#include "toml_reader/reader.h"
#include "toml_reader/source.h"
#include "toml_reader/toml_text.h"

namespace rathaus::toml_reader {

Place Table::place() const {
  return place_of(layers_.front()->source());
}

std::string Table::name_of(std::string_view key) const {
  return name_.empty() ? key_text(key) : name_ + '.' + key_text(key);
}

std::optional<Value> Table::find(std::string_view key) {
  known_.emplace_back(key);
  std::optional<Value> value = value_of(key);
  if (Listener* listener = Listening::current())
    listener->asked(place(), name_of(key), value.has_value(), "");
  return value;
}

std::optional<Value> Table::value_of(std::string_view key) const {
  std::vector<const toml::node*> nodes;
  for (const toml::table* layer : layers_)
    if (const toml::node* node = layer->get(key)) nodes.push_back(node);
  if (nodes.empty()) return std::nullopt;
  return Value(*nodes.front(), name_of(key), *diagnostics_, {nodes.begin() + 1, nodes.end()});
}

std::optional<Value> Table::require(std::string_view key, std::string_view why) {
  std::optional<Value> value = find(key);
  if (Listener* listener = Listening::current())
    listener->asked(place(), name_of(key), value.has_value(), why);
  if (!value) diagnostics_->error(place(), fmt::format("{} is missing ({})", name_of(key), why));
  return value;
}

/// Where an entry stands among all: --set changes a value in its place and adds new keys at the
/// end.
std::tuple<bool, std::size_t, std::size_t> Table::order_of(std::string_view key) const {
  for (const toml::table* layer : layers_) {
    const auto entry = layer->find(key);
    if (entry == layer->end()) continue;
    const bool changed = toml_reader::is_from_command_line(entry->second);
    const toml::source_region& source = changed ? entry->first.source() : entry->second.source();
    return {is_from_command_line(source), source.begin.line, source.begin.column};
  }
  return {};
}

std::vector<std::pair<std::string, Value>> Table::entries() {
  std::vector<std::pair<std::string, Value>> all;
  std::set<std::string, std::less<>> keys;
  for (const toml::table* layer : layers_)
    for (const auto& [key, node] : *layer) keys.emplace(key.str());
  for (const std::string& key : keys) {
    known_.push_back(key);
    all.emplace_back(key, *value_of(key));
  }
  std::ranges::stable_sort(all, {}, [&](const auto& entry) { return order_of(entry.first); });
  return all;
}

void Table::finish() const {
  const std::vector<std::string_view> known(known_.begin(), known_.end());
  const std::unordered_set<std::string_view> is_known(known.begin(), known.end());
  for (const toml::table* layer : layers_)
    for (const auto& [key, node] : *layer) {
      if (is_known.contains(key.str())) continue;
      diagnostics_->error(
          place_of(key.source()),
          fmt::format("unknown key '{}'", name_of(key.str())) + suggestion(key.str(), known));
    }
}

}  // namespace rathaus::toml_reader
