// What is thrown where a disk and not a user is at fault.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>

#include "diagnostics/diagnostics.h"

namespace rathaus::files {

/// A result file could not be written or read (full disk, damaged file): exit status 2.
class FileError : public std::runtime_error {
 public:
  explicit FileError(Message message) : FileError(Diagnostic{{}, std::move(message)}) {}
  FileError(const std::filesystem::path& file, Message message)
      : FileError(Diagnostic{{file.string()}, std::move(message)}) {}
  const Diagnostic& finding() const { return finding_; }

 private:
  explicit FileError(Diagnostic finding)
      : std::runtime_error(finding.text()), finding_(std::move(finding)) {}

  Diagnostic finding_;
};

/// What the system calls an errno.
std::string words_of(int error);

/// "PATH: cannot be written (reason)": FileError if the machine is at fault, as a full disk or an
/// exceeded quota is, InputError if another place would do. `advice` follows a FileError.
[[noreturn]] void fail_to_write(const std::filesystem::path& path, int error,
                                const std::string& advice = "");

}  // namespace rathaus::files
