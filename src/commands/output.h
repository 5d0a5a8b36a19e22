// What the commands write to: nothing of the user's is overwritten unasked, and what was read
// never.
#pragma once

#include <filesystem>
#include <functional>
#include <ostream>
#include <vector>

#include "study/study.h"

namespace rathaus::commands {

/// InputError if no file can be made there, or if one exists and `force` was not given. To be
/// called before anything is computed; an empty path is no output.
void check_output(const std::filesystem::path& path, bool force);

/// InputError if one of the outputs is an input, or is named twice, whatever --force says.
void keep_apart(const std::vector<std::filesystem::path>& outputs,
                const std::vector<study::Input>& inputs);

/// Writes a text file whole or not at all: as PATH.part, renamed at the end. std::runtime_error if
/// it cannot be written to its end.
void write_whole(const std::filesystem::path& path,
                 const std::function<void(std::ostream&)>& write);

}  // namespace rathaus::commands
