#include "hdf5/handle.h"

#include <fmt/format.h>
#include <hdf5.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <type_traits>

namespace rathaus::hdf5 {

static_assert(std::is_same_v<Id, hid_t>);

namespace {

/// What the innermost call said.
struct Account {
  std::string words;
  bool of_memory = false;
};

extern "C" herr_t keep_innermost(unsigned position, const H5E_error2_t* error, void* account) {
  if (position != 0) return 0;
  auto* kept = static_cast<Account*>(account);
  if (error->desc != nullptr) kept->words = error->desc;
  kept->of_memory = error->maj_num == H5E_RESOURCE;
  return 0;
}

/// "…, errno = 28, …"; 0 if the system was not to blame.
int system_error_in(const std::string& words) {
  constexpr std::string_view mark = "errno = ";
  const auto start = words.find(mark);
  return start == std::string::npos ? 0 : std::atoi(words.c_str() + start + mark.size());
}

Failure::Kind kind_of(const Account& account) {
  // others, such as EINVAL, come from offsets and lengths that a damaged file holds
  constexpr std::array outside{EIO,    ENOMEM,    ENOSPC, EDQUOT, EFBIG,
                               ESTALE, ETIMEDOUT, EMFILE, ENFILE};
  const int error = system_error_in(account.words);
  if (account.words.starts_with("unable to lock file"))
    return error == EWOULDBLOCK ? Failure::Kind::locked : Failure::Kind::no_locks;
  return account.of_memory || std::ranges::find(outside, error) != outside.end()
             ? Failure::Kind::system
             : Failure::Kind::file;
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
  const int verdict = closer_(std::exchange(id_, none));
  if (verdict < 0) never_clean_up();
  return verdict;
}

void Handle::leak() {
  id_ = none;
  never_clean_up();
}

void prepare_hdf5() {
  // Once a thread: any call of HDF5 forgets the last error, for which someone may still ask.
  thread_local const bool prepared = [] {
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    return true;
  }();
  static_cast<void>(prepared);
}

void never_clean_up() {
  // What was registered last runs first, and it ends the program.
  static const bool registered = [] {
    ::on_exit(
        [](int status, void*) {
          std::fflush(nullptr);
          ::_exit(status);
        },
        nullptr);
    return true;
  }();
  static_cast<void>(registered);
}

Failure failure() {
  Account account;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_innermost, &account);
  Failure found{kind_of(account), account.words};
  // The file driver buries the system's words in a list of addresses: error message = '...'.
  constexpr std::string_view mark = "error message = '";
  if (const auto start = found.reason.find(mark); start != std::string::npos) {
    found.reason.erase(0, start + mark.size());
    found.reason.erase(std::min(found.reason.find('\''), found.reason.size()));
  }
  return found;
}

void fail(Id place, std::string_view action) {
  const std::string reason = failure().reason;
  never_clean_up();
  Message message;
  message.problem = fmt::format("cannot {}", action);
  if (const std::string object = text_of(H5Iget_name, place); object.size() > 1)
    message.problem += ' ' + object;
  message.reason = reason;
  throw files::FileError(text_of(H5Fget_name, place), message);
}

}  // namespace rathaus::hdf5
