// The one way in which a file is written.
#pragma once

#include <filesystem>
#include <functional>
#include <ostream>

#include "files/claim.h"

namespace rathaus::files {

/// Where a file of this name really lies: a symbolic link is written through, so that it stays and
/// the file it leads to is replaced.
std::filesystem::path place_of(const std::filesystem::path& path);

/// InputError unless a regular file may be made there: no folder of that name or none around it, a
/// device, FIFO or socket, a file that standard output or error goes to, a file that may not be
/// written to, or one that exists and may not be overwritten.
void check_place(const std::filesystem::path& path, bool overwrite);

/// A file on its way: it is written as PATH.part beside its place and renamed by commit(), so that
/// under its name there is never anything but a whole file. One process at a time: PATH.lock tells
/// others. A new file has the rights that the umask leaves, a replaced one keeps its own.
class Output {
 public:
  /// Claims the place and makes an empty part(). InputError as check_place, or if another process
  /// writes there, or if PATH.part is the user's; FileError if the disk is full.
  Output(std::filesystem::path path, bool overwrite);
  Output(Output&&) noexcept = default;
  Output& operator=(Output&&) = delete;
  /// Removes what was not committed.
  ~Output();

  const std::filesystem::path& path() const { return path_; }
  const std::filesystem::path& part() const { return part_; }

  /// Forces part() to the disk, with its rights; FileError if that fails.
  void store() const;
  /// Gives the file its name, once it is stored. InputError if a file has come there meanwhile that
  /// may not be overwritten.
  void commit();

 private:
  std::filesystem::path path_, place_;
  bool overwrite_;
  Claim claim_;
  std::filesystem::path part_;  ///< empty once committed
};

/// Writes a text file whole or not at all. InputError or FileError, as Output.
void write_whole(const std::filesystem::path& path, bool overwrite,
                 const std::function<void(std::ostream&)>& write);

}  // namespace rathaus::files
