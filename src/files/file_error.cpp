#include "files/file_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "diagnostics/diagnostics.h"

namespace rathaus::files {

std::string words_of(int error) {
  return std::generic_category().message(error);
}

void fail_to_write(const std::filesystem::path& path, int error, const std::string& advice) {
  constexpr std::array of_machine{ENOSPC, EDQUOT, EFBIG, EIO, ENOMEM, EMFILE, ENFILE};
  const Message message = fmt::format("cannot be written ({})", words_of(error));
  if (std::ranges::find(of_machine, error) == of_machine.end()) throw InputError(path, message);
  throw FileError(path, message + Suggestion{advice});
}

}  // namespace rathaus::files
