// An HDF5 identifier that closes itself, and the check that every HDF5 call goes through.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "files/file_error.h"

namespace rathaus::hdf5 {

/// HDF5's hid_t under a name of ours: only sources include hdf5.h, so no other folder sees it.
using Id = std::int64_t;

/// Owns one identifier. The closing function's verdict is lost in the destructor, so whatever
/// must be known to have reached the disk is closed by close().
class Handle {
 public:
  using Closer = int (*)(Id);

  Handle() = default;
  Handle(Id id, Closer closer) : id_(id), closer_(closer) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, none)), closer_(other.closer_) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(closer_, other.closer_);
    return *this;
  }
  ~Handle() { close(); }

  Id get() const { return id_; }
  /// Gives the identifier up without closing it.
  void leak();
  explicit operator bool() const { return id_ >= 0; }

  /// HDF5's status: negative if closing failed. Closing twice does nothing.
  int close();

 private:
  static constexpr Id none = -1;
  Id id_ = none;
  Closer closer_ = nullptr;
};

/// Why the last HDF5 call of this thread failed, by its innermost account.
struct Failure {
  enum class Kind {
    file,      ///< what is in the file
    locked,    ///< another program has locked it
    no_locks,  ///< its file system knows no locks
    system     ///< disk, network or memory
  };
  Kind kind = Kind::file;
  std::string reason;  ///< "No space left on device", "truncated file: ..."; empty: not told
};

/// To be asked before any other call.
Failure failure();

/// To be called before anything of HDF5 in every thread; Object::id and Handle::close do. Ends its
/// habit of printing its errors, which are ours to tell.
void prepare_hdf5();

/// HDF5 1.10 frees a file that it could not close (disk full) and keeps its identifier, so that it
/// crashes when it cleans up as the program ends. Asking it not to (H5dont_atexit) does not help
/// where another library asks it to: OpenTURNS brings HDF5's C++ library, which does. After a
/// failure the program therefore ends without cleaning up, with the status it ends with.
void never_clean_up();

/// Throws FileError "FILE: cannot ACTION OBJECT (reason)", with file and object of `place`.
[[noreturn]] void fail(Id place, std::string_view action);

/// The result of an HDF5 call, for which negative means failure.
template <class Status>
Status checked(Status status, Id place, std::string_view action) {
  if (status < 0) fail(place, action);
  return status;
}

}  // namespace rathaus::hdf5
