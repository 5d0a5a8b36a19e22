// What is thrown where a disk and not a user is at fault.
#pragma once

#include <stdexcept>

namespace rathaus::files {

/// A result file could not be written or read (full disk, damaged file): exit status 2.
class FileError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace rathaus::files
