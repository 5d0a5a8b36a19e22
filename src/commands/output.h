// What the commands write to: nothing of the user's is overwritten unasked, and what was read
// never.
#pragma once

#include <filesystem>
#include <vector>

#include "study/study.h"

namespace rathaus::commands {

/// InputError or files::FileError if files::Output could not write there. To be called before
/// anything is computed; an empty path is no output.
void check_output(const std::filesystem::path& path, bool force);

/// InputError if one of the outputs is an input, or is named twice, whatever --force says.
void keep_apart(const std::vector<std::filesystem::path>& outputs,
                const std::vector<study::Input>& inputs);

}  // namespace rathaus::commands
