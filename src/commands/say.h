// Words beside the output.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <utility>

namespace rathaus::commands {

/// To standard error. That may be full or closed, and what is computed is no worse for it.
template <class... Arguments>
void say(fmt::format_string<Arguments...> form, Arguments&&... arguments) {
  std::fputs(fmt::format(form, std::forward<Arguments>(arguments)...).c_str(), stderr);
}

}  // namespace rathaus::commands
