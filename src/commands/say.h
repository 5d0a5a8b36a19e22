// Words beside the output.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <utility>

#include "diagnostics/telling.h"

namespace rathaus::commands {

/// A line to standard error, in the language that is told. That may be full or closed, and what is
/// computed is no worse for it.
template <class... Arguments>
void say_line(fmt::format_string<Arguments...> form, Arguments&&... arguments) {
  const std::string text = fmt::format(form, std::forward<Arguments>(arguments)...);
  std::fputs((translated(text) + "\n").c_str(), stderr);
}

/// The same as it is, without an end.
template <class... Arguments>
void say(fmt::format_string<Arguments...> form, Arguments&&... arguments) {
  std::fputs(fmt::format(form, std::forward<Arguments>(arguments)...).c_str(), stderr);
}

}  // namespace rathaus::commands
