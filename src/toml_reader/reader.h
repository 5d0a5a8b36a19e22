// Strict reading of parsed TOML: every value is either of the type and in the bounds asked for, or
// an error with its place; every key is either asked for, or an error.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "model/calendar_quarter.h"
#include "toml_reader/quantity.h"
#include "toml_reader/toml.h"

namespace rathaus::toml_reader {

class Table;

/// Tables laid over each other, the one that counts first: a key is looked up from the top, and
/// tables of the same key are laid over each other in turn. Nothing is copied, so that every value
/// keeps its place in the file it came from.
using Layers = std::vector<const toml::table*>;

/// One value of a file and its dotted name, such as time.quarters. Readings report what is wrong
/// and return nothing then.
class Value {
 public:
  /// `below`: what lower layers hold under the same key.
  Value(const toml::node& node, std::string name, Diagnostics& diagnostics,
        std::vector<const toml::node*> below = {})
      : node_(&node),
        name_(std::move(name)),
        diagnostics_(&diagnostics),
        below_(std::move(below)) {}

  const std::string& name() const { return name_; }
  Place place() const;
  bool is_from_command_line() const;
  bool is_number() const { return node_->is_number(); }
  bool is_text() const { return node_->is_string(); }
  bool is_list() const { return node_->is_array(); }
  bool is_table() const { return node_->is_table(); }

  /// Messages begin with the name of the value.
  void error(const Message& message) const;
  void warning(const Message& message) const;
  /// "time.quarters is true (a whole number is wanted)"
  void wrong_type(std::string_view wanted) const;

  std::optional<bool> truth() const;
  std::optional<std::string> text() const;         //!< may be empty
  std::optional<std::string> filled_text() const;  //!< one character at least
  std::optional<double> number() const;            //!< finite; whole numbers are numbers
  std::optional<double> quantity(const Quantity& quantity) const;  //!< within its hard bounds
  std::optional<std::int64_t> integer(std::int64_t lowest, std::int64_t highest) const;
  std::optional<std::size_t> word(std::span<const std::string_view> words) const;  //!< index
  std::optional<model::CalendarQuarter> quarter() const;
  std::optional<std::vector<Value>> list() const;
  std::optional<std::vector<Value>> list(std::size_t size) const;  //!< of that many values
  std::optional<Table> table() const;

 private:
  const toml::node* node_;
  std::string name_;
  Diagnostics* diagnostics_;
  std::vector<const toml::node*> below_;
};

/// One table of a file, or several laid over each other; it learns its keys by being asked for
/// them.
class Table {
 public:
  Table(const toml::table& table, std::string name, Diagnostics& diagnostics)
      : Table(Layers{&table}, std::move(name), diagnostics) {}
  /// Needs one layer at least.
  Table(Layers layers, std::string name, Diagnostics& diagnostics)
      : layers_(std::move(layers)), name_(std::move(name)), diagnostics_(&diagnostics) {}

  Place place() const;
  Diagnostics& diagnostics() const { return *diagnostics_; }
  const Layers& layers() const { return layers_; }

  std::optional<Value> find(std::string_view key);
  /// A key that must be there; `why` explains it to whom left it out.
  std::optional<Value> require(std::string_view key, std::string_view why);
  /// All entries, for tables whose keys the user chooses, in the order in which the file writes
  /// them, new ones of --set last, as they are given.
  std::vector<std::pair<std::string, Value>> entries();
  /// To be called once, after the last question: reports every key that was not asked for.
  void finish() const;

  /// Reads a key that may be left out into `target`, which else keeps its value. `reading` is one
  /// of Value's, or a function of a Value.
  template <class Target, class Reading>
  void read(std::string_view key, Target& target, Reading reading) {
    assign(find(key), target, reading);
  }
  /// The same for a key that must be there.
  template <class Target, class Reading>
  void read(std::string_view key, Target& target, Reading reading, std::string_view why) {
    assign(require(key, why), target, reading);
  }

 private:
  template <class Target, class Reading>
  static void assign(const std::optional<Value>& value, Target& target, Reading& reading) {
    if (!value) return;
    if (auto result = std::invoke(reading, *value))
      target = static_cast<Target>(*std::move(result));
  }
  std::string name_of(std::string_view key) const;

  std::optional<Value> value_of(std::string_view key) const;
  std::tuple<bool, std::size_t, std::size_t> order_of(std::string_view key) const;

  Layers layers_;
  std::string name_;
  Diagnostics* diagnostics_;
  std::vector<std::string> known_;  // keys asked for
};

/// A reading of whole numbers for Table::read.
inline auto integer_within(std::int64_t lowest, std::int64_t highest) {
  return [=](const Value& value) { return value.integer(lowest, highest); };
}

}  // namespace rathaus::toml_reader
