// One process at a time, with the system's locks and without.
#include "files/claim.h"

#include <dlfcn.h>
#include <sys/file.h>
#include <sys/wait.h>

#include <cerrno>

#include "catch.h"
#include "diagnostics/diagnostics.h"
#include "temporary_folder.h"

using namespace rathaus;
using namespace rathaus::files;
using namespace rathaus::test;

namespace {

/// What flock fails with in this test: 0 for the system's own.
int lock_error = 0;

/// Ends in a child process that takes the claim, with what the parent does meanwhile.
template <class Meanwhile>
void while_a_child_holds(const std::filesystem::path& path, bool kill, Meanwhile meanwhile) {
  int ready[2], done[2];
  REQUIRE(::pipe(ready) == 0);
  REQUIRE(::pipe(done) == 0);
  const ::pid_t child = ::fork();
  if (child == 0) {
    char byte = 0;
    {
      const Claim claim(path);
      static_cast<void>(::write(ready[1], &byte, 1) < 0);
      static_cast<void>(::read(done[0], &byte, 1) < 0);
      if (kill) ::_exit(0);  // as a killed process: nothing is released
    }
    ::_exit(0);
  }
  char byte = 0;
  REQUIRE(::read(ready[0], &byte, 1) == 1);
  if (!kill) meanwhile();
  REQUIRE(::write(done[1], &byte, 1) == 1);
  REQUIRE(::waitpid(child, nullptr, 0) == child);
  if (kill) meanwhile();
  for (const int end : {ready[0], ready[1], done[0], done[1]}) ::close(end);
}

std::string refusal(const std::filesystem::path& path) {
  return said<InputError>([&] { const Claim claim(path, "writes it"); });
}

}  // namespace

/// The program's own flock stands before the C library's.
extern "C" int flock(int file, int operation) noexcept {
  if (lock_error != 0) {
    errno = lock_error;
    return -1;
  }
  static const auto real = reinterpret_cast<int (*)(int, int)>(::dlsym(RTLD_NEXT, "flock"));
  return real(file, operation);
}

TEST_CASE("the second is told who was first, and nothing is left") {
  for (const int error : {0, ENOLCK, ENOSYS, EOPNOTSUPP}) {
    CAPTURE(error);
    lock_error = error;
    const TemporaryFolder folder;
    {
      const Claim claim(folder / "a");
      CHECK_FALSE(claim.was_left());
      CHECK(mentions(refusal(folder / "a"), "a: another process writes it"));
      CHECK(mentions(refusal(folder / "a"), "process " + std::to_string(::getpid()) + " on "));
      CHECK(refusal(folder / "b").empty());
    }
    while_a_child_holds(folder / "a", false, [&] {
      CHECK(mentions(refusal(folder / "a"), "another process writes it"));
    });
    CHECK(refusal(folder / "a").empty());
    CHECK(folder.names().empty());
  }
  lock_error = 0;
}

TEST_CASE("what a killed process left is taken over") {
  for (const int error : {0, ENOLCK}) {
    CAPTURE(error);
    lock_error = error;
    const TemporaryFolder folder;
    while_a_child_holds(folder / "a", true, [&] {
      CHECK(folder.names() == std::set<std::string>{"a.lock"});
      CHECK(Claim(folder / "a").was_left());
    });
    CHECK(folder.names().empty());
  }
  lock_error = 0;
}

TEST_CASE("without locks a file of another machine is told, with what to do") {
  const TemporaryFolder folder;
  put(folder / "a.lock", "rathaus: process 99 on elsewhere\n");
  lock_error = ENOLCK;
  const std::string told = refusal(folder / "a");
  lock_error = 0;
  CHECK(mentions(told, "knows no locks"));
  CHECK(mentions(told, "process 99 on elsewhere"));
  CHECK(mentions(told, "remove that file"));
  CHECK(folder.names() == std::set<std::string>{"a.lock"});
  CHECK(refusal(folder / "a").empty());  // with locks it is known to be left
}

TEST_CASE("a user's file of that name is left alone") {
  const TemporaryFolder folder;
  put(folder / "a.lock", "combination 12-34-56");
  std::filesystem::create_directory(folder / "b.lock");
  std::filesystem::create_symlink("a.lock", folder / "c.lock");
  CHECK(mentions(refusal(folder / "a"), "no lock of Rathaus"));
  CHECK_FALSE(refusal(folder / "b").empty());
  CHECK_FALSE(refusal(folder / "c").empty());
  CHECK(content(folder / "a.lock") == "combination 12-34-56");
}
