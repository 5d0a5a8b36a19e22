// What the command line is told of a command: its name, its options with their help, what it does.
// Nothing here knows how words are taken apart.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace rathaus::commands {

/// Where the value of an option goes. A flag is a bool; a list takes one value each time it is
/// named.
using Target = std::variant<std::filesystem::path*, std::vector<std::filesystem::path>*,
                            std::string*, std::vector<std::string>*, int*, std::uint32_t*, bool*>;

/// One option, one flag, or one argument.
struct Option {
  std::string words;  //!< "-o,--output"; without a dash: an argument, known by its place
  Target target;
  std::string help;
  std::string value;         //!< how the help calls its value; a flag has none
  bool is_required = false;  //!< else its target keeps what it holds
  std::optional<std::pair<int, int>> bounds = {};  //!< lowest and highest
  std::vector<std::string> choices = {};           //!< the only words allowed; empty: any
  std::vector<std::string> excluded = {};          //!< options that may not stand beside it

  Option required() &&;
  Option within(int lowest, int highest) &&;
  Option one_of(std::vector<std::string> words_allowed) &&;
  Option not_beside(std::vector<std::string> others) &&;
};

template <class T>
Option option(std::string words, T& target, std::string help, std::string value) {
  return {std::move(words), &target, std::move(help), std::move(value)};
}
Option flag(std::string words, bool& target, std::string help);

/// A repeatable --set KEY=VALUE.
Option sets(std::vector<std::string>& target);

struct Command {
  std::string name;
  std::string help;  //!< one line
  std::vector<Option> options = {};
  /// The exit status. None: the command is written in Python, which reads all words itself.
  std::function<int()> act = {};
};

/// A command whose options fill an `Asked`, which `act` is given then.
template <class Asked, class Options>
Command command(std::string name, std::string help, int (*act)(const Asked&), Options options) {
  const auto asked = std::make_shared<Asked>();
  return {std::move(name), std::move(help), options(*asked), [act, asked] { return act(*asked); }};
}

}  // namespace rathaus::commands
