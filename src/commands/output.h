// What the commands write to: nothing of the user's is overwritten unasked.
#pragma once

#include <filesystem>
#include <functional>
#include <ostream>

namespace rathaus::commands {

/// InputError if the path exists and `force` was not given.
void refuse_to_overwrite(const std::filesystem::path& path, bool force);

/// Writes a text file whole or not at all: as PATH.part, renamed at the end. InputError if it
/// cannot be opened, std::runtime_error if it cannot be written to its end.
void write_whole(const std::filesystem::path& path,
                 const std::function<void(std::ostream&)>& write);

}  // namespace rathaus::commands
