#include "commands/theories.h"

#include <fmt/format.h>

#include "diagnostics/diagnostics.h"

namespace rathaus::commands {

std::vector<std::size_t> theories_named(const std::vector<std::string>& theories,
                                        const std::string& part) {
  std::vector<std::size_t> found;
  for (std::size_t a = 0; a < theories.size(); ++a)
    if (theories[a].find(part) != std::string::npos) found.push_back(a);
  if (found.empty())
    throw InputError(
        fmt::format("--theory '{}' is no part of the name of a theory of the file", part) +
        suggestion(part, std::vector<std::string_view>(theories.begin(), theories.end())));
  return found;
}

}  // namespace rathaus::commands
