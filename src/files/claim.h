// One process at a time writes to a place.
#pragma once

#include <filesystem>
#include <string_view>

namespace rathaus::files {

/// The right to write PATH, held through the file PATH.lock for as long as this lives. The system's
/// lock on it ends with its process, however that ends; the file that a killed process leaves is
/// taken over. Where a file system knows no locks, the file itself is the lock: it tells who holds
/// it, and is taken over if that was a process of this machine that is no more; of others it is
/// told what to do.
class Claim {
 public:
  /// InputError "another process DOES" if one has it, or if no file can be made there.
  explicit Claim(const std::filesystem::path& path, std::string_view does = "writes it");
  Claim(Claim&& other) noexcept;
  Claim& operator=(Claim&&) = delete;
  ~Claim();

  /// An earlier process was killed while it held the claim: what lies there unfinished was its own.
  bool was_left() const { return was_left_; }

 private:
  /// False if the file was removed meanwhile, so that it is to be tried again.
  bool take(const std::filesystem::path& path, std::string_view does);

  std::filesystem::path lock_;
  int file_ = -1;
  bool was_left_ = false;
};

}  // namespace rathaus::files
