#include "command_line/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands/commands.h"
#include "commands/python.h"
#include "diagnostics/diagnostics.h"

namespace rathaus {
namespace {

using commands::Command;
using commands::Option;

/// The words, where a file whose name begins with '-' is no option: a path that begins with "./"
/// says so to whoever reads it.
std::vector<std::string> with_files_told(std::span<char* const> given) {
  constexpr std::array files{".toml", ".h5", ".csv", ".cases", ".html", ".pdf", ".xlsx"};
  std::vector<std::string> words(given.begin(), given.end());
  for (std::string& word : words)
    if (word.starts_with('-') && word.find('=') == std::string::npos &&
        std::ranges::any_of(files, [&](const char* end) { return word.ends_with(end); }))
      word = "./" + word;
  return words;
}

/// --diagnostics may stand before the command, of which it is an option in Python: behind it, too.
void put_behind_command(std::vector<std::string>& words) {
  std::size_t count = 0;
  while (count < words.size() && words[count].starts_with("--diagnostics"))
    count += words[count] == "--diagnostics" ? 2 : 1;
  if (count == 0 || count >= words.size() || words[count].starts_with('-')) return;
  std::rotate(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(count),
              words.begin() + static_cast<std::ptrdiff_t>(count) + 1);
}

/// main has read it already; a variable that nobody asks for takes its value.
void add_diagnostics(CLI::App& app, std::string& format) {
  app.add_option("--diagnostics", format, "how errors and progress are told: text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("FORMAT");
}

CLI::Option* add_target(CLI::App& app, const Option& option) {
  const auto add = [&](auto* target) -> CLI::Option* {
    using T = std::remove_pointer_t<decltype(target)>;
    if constexpr (std::is_same_v<T, bool>)
      return app.add_flag(option.words, *target, option.help);
    else
      return app.add_option(option.words, *target, option.help)->type_name(option.value);
  };
  return std::visit(add, option.target);
}

void add_option(CLI::App& app, const Option& option) {
  CLI::Option* added = add_target(app, option);
  added->required(option.is_required);
  if (option.words.starts_with('-') &&
      std::holds_alternative<std::vector<std::string>*>(option.target))
    added->allow_extra_args(false);
  if (option.bounds) added->check(CLI::Range(option.bounds->first, option.bounds->second));
  if (!option.choices.empty()) added->check(CLI::IsMember(option.choices));
  for (const std::string& other : option.excluded) added->excludes(app.get_option(other));
}

std::vector<std::string_view> names_of(const std::vector<Command>& commands) {
  std::vector<std::string_view> names;
  for (const Command& command : commands) names.push_back(command.name);
  return names;
}

const Command* find(const std::vector<Command>& commands, std::string_view name) {
  const auto found = std::ranges::find(commands, name, &Command::name);
  return found == commands.end() ? nullptr : &*found;
}

/// Options that the command does not have, and arguments too many: all of them at once.
void refuse_extras(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  const std::vector<std::string_view> known(names.begin(), names.end());
  Diagnostics diagnostics;
  const bool has_option = std::ranges::any_of(
      command.remaining(), [](const std::string& word) { return word.starts_with('-'); });
  for (const std::string& word : command.remaining()) {
    if (word.starts_with('-'))
      diagnostics.error({}, "rathaus " + command.get_name() + " has no option '" + word + "'" +
                                suggestion(word.substr(0, word.find('=')), known));
    else if (!has_option)  // else it may be the value of that option
      diagnostics.error({}, "'" + word + "' is one argument too many" +
                                Suggestion{"see rathaus " + command.get_name() + " --help"});
  }
  diagnostics.throw_if_failed();
}

/// What CLI11 says of words that it cannot read.
InputError unreadable(const CLI::App& app, const CLI::ParseError& error) {
  const auto chosen = app.get_subcommands();
  Message message;
  message.problem = error.what();
  message.suggestion =
      "see rathaus " + (chosen.empty() ? "" : chosen.front()->get_name() + " ") + "--help";
  return InputError(std::move(message));
}

}  // namespace

int run_command_line(std::span<char* const> given) {
  std::vector<std::string> words = with_files_told(given);
  put_behind_command(words);
  const std::vector<Command> all = commands::all_commands();
  if (!words.empty() && !words.front().starts_with('-')) {
    const Command* named = find(all, words.front());
    if (named == nullptr)
      throw InputError("there is no command '" + words.front() + "'" +
                       suggestion(words.front(), names_of(all)));
    if (!named->act) return commands::python(words);
  }
  CLI::App app{"Rathaus simulates how municipalities take up artificial intelligence.", "rathaus"};
  app.set_version_flag("--version", commands::version_text());
  app.require_subcommand(1);
  std::string diagnostics;
  add_diagnostics(app, diagnostics);
  for (const Command& command : all) {
    CLI::App* added = app.add_subcommand(command.name, command.help);
    if (!command.act) continue;
    added->allow_extras();
    add_diagnostics(*added, diagnostics);
    for (const Option& option : command.options) add_option(*added, option);
  }
  try {
    std::ranges::reverse(words);  // as CLI11 wants them
    app.parse(words);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0) throw unreadable(app, error);
    std::ostringstream told;  // --help, --version
    const int status = app.exit(error, told, told);
    std::fputs(told.str().c_str(), stdout);
    return status;
  }
  const CLI::App& chosen = *app.get_subcommands().front();
  refuse_extras(chosen);
  const Command& command = *find(all, chosen.get_name());
  return command.act ? command.act() : commands::python({command.name});
}

}  // namespace rathaus
