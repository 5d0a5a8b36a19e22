// A file is whole or not there, and nothing but files that may be replaced is replaced.
#include "files/output.h"

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <csignal>
#include <cstring>

#include "catch.h"
#include "diagnostics/diagnostics.h"
#include "files/file_error.h"
#include "temporary_folder.h"

using namespace rathaus;
using namespace rathaus::files;
using namespace rathaus::test;

namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;

std::string refusal(const fs::path& path, bool overwrite = true) {
  return said<InputError>([&] { const Output output(path, overwrite); });
}

void write(const fs::path& path, const std::string& text, bool overwrite = false) {
  write_whole(path, overwrite, [&](std::ostream& out) { out << text; });
}

fs::perms rights(const fs::path& path) {
  return fs::status(path).permissions();
}

}  // namespace

TEST_CASE("nothing bears the name before it is committed, nothing is left if it is not") {
  const TemporaryFolder folder;
  put(folder / "old", "dear");
  {
    const Output output(folder / "new", false), again(folder / "old", true);
    CHECK(folder.names() == Names{"new.lock", "new.part", "old", "old.lock", "old.part"});
  }
  CHECK(folder.names() == Names{"old"});
  CHECK(content(folder / "old") == "dear");
  write(folder / "new", "text\n");
  write(folder / "old", "other\n", true);
  CHECK(content(folder / "new") == "text\n");
  CHECK(content(folder / "old") == "other\n");
  CHECK(folder.names() == Names{"new", "old"});
}

TEST_CASE("nothing is overwritten unasked, not even what comes while it is written") {
  const TemporaryFolder folder;
  put(folder / "old", "dear");
  CHECK(mentions(refusal(folder / "old", false), "exists already"));
  Output output(folder / "new", false);
  put(folder / "new", "mine");
  CHECK(mentions(said<InputError>([&] { output.commit(); }), "written it meanwhile"));
  CHECK(content(folder / "new") == "mine");
}

TEST_CASE("what is no file is never replaced") {
  const TemporaryFolder folder;
  REQUIRE(::mkfifo((folder / "fifo").c_str(), 0666) == 0);
  fs::create_directory(folder / "folder");
  fs::create_symlink("fifo", folder / "to_fifo");
  const int server = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, (folder / "socket").c_str(), sizeof address.sun_path - 1);
  REQUIRE(::bind(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  const Names before = folder.names();
  for (const char* name : {"fifo", "folder", "to_fifo", "socket"}) {
    CAPTURE(name);
    CHECK(mentions(refusal(folder / name), "is no file"));
  }
  CHECK(mentions(refusal("/dev/null"), "is no file"));
  CHECK(mentions(refusal(folder / "nowhere" / "a"), "no folder"));
  CHECK(mentions(refusal(folder / std::string(300, 'x')), "File name too long"));
  CHECK(folder.names() == before);
  ::close(server);
}

TEST_CASE("a symbolic link is written through") {
  const TemporaryFolder folder;
  fs::create_directory(folder / "deep");
  put(folder / "deep/target", "dear");
  fs::create_symlink("deep/target", folder / "link");
  fs::create_symlink("link", folder / "chain");
  write(folder / "chain", "new", true);
  CHECK(fs::is_symlink(folder / "chain"));
  CHECK(content(folder / "deep/target") == "new");
  fs::create_symlink("deep/later", folder / "ahead");
  write(folder / "ahead", "first");
  CHECK(fs::is_symlink(folder / "ahead"));
  CHECK(content(folder / "deep/later") == "first");
  CHECK(place_of(folder / "ahead") == place_of(folder / "deep/later"));
  fs::create_symlink("round", folder / "round");
  CHECK_FALSE(refusal(folder / "round").empty());
}

TEST_CASE("new files have the rights that the umask leaves, replaced ones keep theirs") {
  const TemporaryFolder folder;
  put(folder / "old", "dear");
  fs::permissions(folder / "old", fs::perms{0640});
  for (const ::mode_t mask : {0022u, 0077u, 0002u}) {
    const ::mode_t before = ::umask(mask);
    write(folder / "new", "x");
    write(folder / "old", "x", true);
    ::umask(before);
    CHECK(rights(folder / "new") == fs::perms{0666u & ~mask});
    CHECK(rights(folder / "old") == fs::perms{0640});
    fs::remove(folder / "new");
  }
}

TEST_CASE("a part that a killed process left is replaced, a user's file of that name is not") {
  const TemporaryFolder folder;
  put(folder / "a.part", "left");
  put(folder / "a.lock", "rathaus: process 1 on elsewhere\n");
  write(folder / "a", "whole");
  CHECK(folder.names() == Names{"a"});
  put(folder / "b.part", "mine");
  CHECK(mentions(refusal(folder / "b"), "b.part: exists already"));
  CHECK(content(folder / "b.part") == "mine");
  CHECK(folder.names() == Names{"a", "b.part"});
}

TEST_CASE("a file that cannot be written to its end is told, and none is there") {
  std::signal(SIGXFSZ, SIG_IGN);
  const TemporaryFolder folder;
  put(folder / "old", "dear");
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit limit{1000, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &limit);
  const std::string message =
      said<FileError>([&] { write(folder / "old", std::string(5000, 'x'), true); });
  ::setrlimit(RLIMIT_FSIZE, &before);
  CHECK(mentions(message, "old: cannot be written (File too large)"));
  CHECK(content(folder / "old") == "dear");
  CHECK(folder.names() == Names{"old"});
}

TEST_CASE("what the command prints into is no output") {
  const TemporaryFolder folder;
  const int before = ::dup(STDERR_FILENO);
  FILE* file = std::fopen((folder / "here").c_str(), "w");
  ::dup2(::fileno(file), STDERR_FILENO);
  const std::string message = refusal(folder / "here");
  ::dup2(before, STDERR_FILENO);
  ::close(before);
  std::fclose(file);
  CHECK(mentions(message, "this command prints into it"));
}
