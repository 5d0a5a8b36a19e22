#include "hdf5/handle.h"

#include <fmt/format.h>
#include <hdf5.h>

#include <algorithm>
#include <type_traits>

namespace rathaus::hdf5 {

static_assert(std::is_same_v<Id, hid_t>);

namespace {

extern "C" herr_t keep_innermost(unsigned position, const H5E_error2_t* error, void* text) {
  if (position == 0 && error->desc != nullptr) *static_cast<std::string*>(text) = error->desc;
  return 0;
}

std::string text_of(ssize_t (*get)(hid_t, char*, std::size_t), Id id) {
  const ssize_t length = get(id, nullptr, 0);
  if (length <= 0) return "";
  std::string text(static_cast<std::size_t>(length), '\0');
  get(id, text.data(), text.size() + 1);
  return text;
}

}  // namespace

int Handle::close() {
  if (id_ < 0) return 0;
  prepare_hdf5();
  return closer_(std::exchange(id_, none));
}

void prepare_hdf5() {
  // Once a thread: any call of HDF5 forgets the last error, for which someone may still ask.
  thread_local const bool prepared = [] {
    H5dont_atexit();
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    return true;
  }();
  static_cast<void>(prepared);
}

std::string failure_reason() {
  std::string reason;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_innermost, &reason);
  // The file driver buries the system's words in a list of addresses: error message = '...'.
  constexpr std::string_view mark = "error message = '";
  if (const auto start = reason.find(mark); start != std::string::npos) {
    reason.erase(0, start + mark.size());
    reason.erase(std::min(reason.find('\''), reason.size()));
  }
  return reason;
}

void fail(Id place, std::string_view action) {
  const std::string reason = failure_reason();
  std::string message = fmt::format("{}: cannot {}", text_of(H5Fget_name, place), action);
  if (const std::string object = text_of(H5Iget_name, place); object.size() > 1)
    message += ' ' + object;
  if (!reason.empty()) message += fmt::format(" ({})", reason);
  throw files::FileError(message);
}

}  // namespace rathaus::hdf5
