// Theories by part of their names.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace rathaus::commands {

/// Indices of the theories whose name contains `part`, all if it is empty. InputError if there is none.
std::vector<std::size_t> theories_named(const std::vector<std::string>& theories,
                                        const std::string& part);

}  // namespace rathaus::commands
