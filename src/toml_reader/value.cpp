#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "toml_reader/listener.h"
#include "toml_reader/number_notation.h"
#include "toml_reader/reader.h"
#include "toml_reader/shown_text.h"
#include "toml_reader/source.h"
#include "toml_reader/toml_text.h"

namespace rathaus::toml_reader {
namespace {

/// At most 40 bytes of a text, never half a character.
std::string shortened(std::string_view text) {
  constexpr std::size_t most = 40;
  if (text.size() <= most) return string_text(text);
  std::size_t end = most;
  while ((static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  return string_text(text.substr(0, end)) + "...";
}

std::string described(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::string:
      return "the text " + shortened(node.as_string()->get());
    case toml::node_type::integer:
      return fmt::format("the number {}", node.as_integer()->get());
    case toml::node_type::floating_point:
      return "the decimal number " + number_text(node.as_floating_point()->get());
    case toml::node_type::boolean:
      return node.as_boolean()->get() ? "true" : "false";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::table:
      return "a table";
    default:
      return "a date or time";
  }
}

void tell(const Value& value, const Form& form) {
  if (Listener* listener = Listening::current()) listener->read(value.place(), value.name(), form);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

Place Value::place() const {
  return place_of(node_->source());
}
bool Value::is_from_command_line() const {
  return toml_reader::is_from_command_line(*node_);
}

void Value::error(const Message& message) const {
  diagnostics_->error(place(), message.about(name_));
}

void Value::warning(const Message& message) const {
  diagnostics_->warning(place(), message.about(name_));
}

void Value::wrong_type(std::string_view wanted) const {
  error(fmt::format("is {} ({} is wanted)", described(*node_), wanted));
}

std::optional<bool> Value::truth() const {
  tell(*this, {Kind::truth});
  if (const auto* boolean = node_->as_boolean()) return boolean->get();
  wrong_type("true or false");
  return std::nullopt;
}

std::optional<std::string> Value::text() const {
  tell(*this, {Kind::text});
  const auto* string = node_->as_string();
  if (!string) {
    wrong_type("a text in quotes");
    return std::nullopt;
  }
  if (!is_shown(*this, string->get(), Lines::several)) return std::nullopt;
  return string->get();
}

std::optional<std::string> Value::filled_text() const {
  std::optional<std::string> result = text();
  if (!result || !is_shown(*this, *result, Lines::one)) return std::nullopt;
  if (!result->empty()) return result;
  error("is empty (it must say something)");
  return std::nullopt;
}

std::optional<double> Value::number() const {
  tell(*this, {Kind::number});
  if (const auto* integer = node_->as_integer()) return static_cast<double>(integer->get());
  const auto* floating = node_->as_floating_point();
  if (!floating) {
    const auto* string = node_->as_string();
    const std::string written = string ? number_of_toml(string->get()) : "";
    if (written.empty())
      wrong_type("a number");
    else
      error(fmt::format("is {} (a number is wanted) write {}", described(*node_), written));
    return std::nullopt;
  }
  if (std::isfinite(floating->get())) return floating->get();
  error(fmt::format("= {} is no finite number (nothing can be computed with it)", floating->get()));
  return std::nullopt;
}

std::optional<double> Value::quantity(const Quantity& quantity) const {
  const std::optional<double> value = number();
  tell(*this,
       {quantity.whole ? Kind::whole_number : Kind::number, number_text(quantity.lowest),
        number_text(quantity.highest), std::string(quantity.unit), std::string(quantity.meaning)});
  if (!value) return std::nullopt;
  if (*value < quantity.lowest || *value > quantity.highest) {
    error(fmt::format("= {} is out of its hard bounds ({}: {:g} to {:g} [{}])", number_text(*value),
                      quantity.meaning, quantity.lowest, quantity.highest, quantity.unit));
    return std::nullopt;
  }
  if (quantity.whole && *value != std::floor(*value)) {
    error(fmt::format("= {} is not a whole number ({}, in whole [{}])", number_text(*value),
                      quantity.meaning, quantity.unit));
    return std::nullopt;
  }
  return value;
}

std::optional<std::int64_t> Value::integer(std::int64_t lowest, std::int64_t highest) const {
  tell(*this, {Kind::whole_number, std::to_string(lowest), std::to_string(highest)});
  const auto* integer = node_->as_integer();
  if (!integer) {
    wrong_type("a whole number");
    return std::nullopt;
  }
  if (integer->get() >= lowest && integer->get() <= highest) return integer->get();
  error(fmt::format("= {} is out of range ({} to {})", integer->get(), lowest, highest));
  return std::nullopt;
}

std::optional<std::size_t> Value::word(std::span<const std::string_view> words) const {
  if (!is_text()) {
    wrong_type(fmt::format("one of the words {}", fmt::join(words, ", ")));
    return std::nullopt;
  }
  const std::optional<std::string> given = text();
  tell(*this, {Kind::word, "", "", "", "", {words.begin(), words.end()}});
  if (!given) return std::nullopt;
  for (std::size_t index = 0; index < words.size(); ++index)
    if (words[index] == *given) return index;
  error(fmt::format("= {} is no choice", shortened(*given)) + suggestion(*given, words));
  return std::nullopt;
}

std::optional<model::CalendarQuarter> Value::quarter() const {
  if (!is_text()) {
    wrong_type("a quarter such as \"2021-Q1\"");
    return std::nullopt;
  }
  const std::optional<std::string> given = text();
  tell(*this, {Kind::quarter});
  if (!given) return std::nullopt;
  const std::string& t = *given;
  const bool formed = t.size() == 7 && is_digit(t[0]) && is_digit(t[1]) && is_digit(t[2]) &&
                      is_digit(t[3]) && t[4] == '-' && t[5] == 'Q' && t[6] >= '1' && t[6] <= '4';
  if (formed && t >= "1900" && t < "2200") return model::CalendarQuarter{std::stoi(t), t[6] - '0'};
  error(
      fmt::format("= {} is no quarter between 1900 and 2199 (a year, -Q and 1 to 4) write it like "
                  "\"2021-Q1\"",
                  shortened(t)));
  return std::nullopt;
}

std::optional<std::vector<Value>> Value::list() const {
  tell(*this, {Kind::list});
  const auto* array = node_->as_array();
  if (!array) {
    wrong_type("a list in brackets");
    return std::nullopt;
  }
  std::vector<Value> values;
  for (const toml::node& element : *array)
    values.emplace_back(element, fmt::format("{}[{}]", name_, values.size()), *diagnostics_);
  return values;
}

std::optional<std::vector<Value>> Value::list(std::size_t size) const {
  std::optional<std::vector<Value>> values = list();
  if (!values || values->size() == size) return values;
  error(fmt::format("has {} values ({} wanted)", values->size(), size));
  return std::nullopt;
}

std::optional<Table> Value::table() const {
  tell(*this, {Kind::table});
  if (const auto* table = node_->as_table()) {
    Layers layers{table};
    for (const toml::node* below : below_) {  // up to what the table replaces
      if (!below->is_table()) break;
      layers.push_back(below->as_table());
    }
    return Table(std::move(layers), name_, *diagnostics_);
  }
  wrong_type("a table");
  return std::nullopt;
}

}  // namespace rathaus::toml_reader
