// How many processors a control group leaves.
#include "run/threads.h"

#include <filesystem>
#include <fstream>

#include "catch.h"

using namespace rathaus;
namespace fs = std::filesystem;

namespace {

/// A tree of control groups: its files by path.
class Groups {
 public:
  Groups() : root_(fs::temp_directory_path() / "rathaus-threads-test") { fs::remove_all(root_); }
  Groups(const Groups&) = delete;
  Groups& operator=(const Groups&) = delete;
  ~Groups() { fs::remove_all(root_); }

  void write(const fs::path& path, const char* text) const {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }
  std::optional<double> quota(const fs::path& group) const {
    return run::quota_of_group(root_, group);
  }

 private:
  fs::path root_;
};

}  // namespace

TEST_CASE("the least quota of a group and those above it counts") {
  const Groups groups;
  CHECK_FALSE(groups.quota("a/b"));
  groups.write("a/b/cpu.max", "max 100000\n");
  CHECK_FALSE(groups.quota("a/b"));
  groups.write("a/cpu.max", "150000 100000\n");
  CHECK(groups.quota("a/b") == 1.5);
  groups.write("a/b/cpu.max", "400000 100000\n");
  CHECK(groups.quota("a/b") == 1.5);
  groups.write("a/b/cpu.max", "50000 100000\n");
  CHECK(groups.quota("a/b") == 0.5);
  CHECK(groups.quota("a") == 1.5);
  CHECK_FALSE(groups.quota(""));
  groups.write("cpu.max", "300000 100000\n");
  CHECK(groups.quota("") == 3.0);
  CHECK(groups.quota("gone/away") == 3.0);
}

TEST_CASE("version 1 of control groups tells in two files") {
  const Groups groups;
  groups.write("job/cpu.cfs_quota_us", "-1\n");
  groups.write("job/cpu.cfs_period_us", "100000\n");
  CHECK_FALSE(groups.quota("job"));
  groups.write("job/cpu.cfs_quota_us", "200000\n");
  CHECK(groups.quota("job") == 2.0);
}

TEST_CASE("at least one thread; what is asked for is taken") {
  CHECK(run::allowed_processors() >= 1);
  CHECK(run::threads_for(7) == 7);
  CHECK(run::threads_for(0) == run::allowed_processors());
}
