// What the commands write to: nothing of the user's is overwritten unasked.
#pragma once

#include <filesystem>

namespace rathaus::commands {

/// InputError if the path exists and `force` was not given.
void refuse_to_overwrite(const std::filesystem::path& path, bool force);

}  // namespace rathaus::commands
