// Cases that fail: noted with their message, the others go on, and every number of the others is
// that of an undisturbed study.
#include "run/runner.h"

#include <atomic>
#include <functional>
#include <mutex>
#include <set>
#include <system_error>

#include "catch.h"
#include "files/file_error.h"
#include "hdf5/digest.h"
#include "hdf5/file.h"
#include "model/germany.h"
#include "record/result_writer.h"

using namespace rathaus;
using namespace rathaus::record;
using namespace rathaus::run;
using namespace rathaus::study;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / ("rathaus_runner_" + std::to_string(::getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
};

RunOptions options_for(const fs::path& target) {
  RunOptions options;
  options.target = target;
  options.build = {"0", "none", "clean", "test", "test"};
  return options;
}

std::vector<std::int32_t> services(const hdf5::Group& root, std::size_t run) {
  return root.variable("services").read<std::int32_t>(run, 1);
}

}  // namespace

TEST_CASE("a case that fails by itself is noted, the others go on, and a resume leaves it alone") {
  const test::Germany germany(60, 12);
  Study study = germany.study;
  study.replicates = 12;
  const Folder folder;
  run_study(study, germany.population.municipalities, options_for(folder.path / "good.h5"));

  std::mutex mutex;
  std::set<std::uint32_t> begun;
  RunOptions options = options_for(folder.path / "bad.h5");
  options.before_case = [&](const CaseId& id) {
    {
      const std::lock_guard lock(mutex);
      begun.insert(id.replicate);
    }
    if (id.replicate == 3) throw std::runtime_error("the third went wrong");
    if (id.replicate == 7) throw std::domain_error("the seventh, too");
  };
  const RunReport report = run_study(study, germany.population.municipalities, options);
  CHECK(begun.size() == 12);
  REQUIRE(report.failures.size() == 2);
  CHECK(report.failures[0].number == 3);
  CHECK(report.failures[0].message == "the third went wrong");
  CHECK(report.failures[1].message == "the seventh, too");
  CHECK(report.runs_done == 10);
  CHECK_FALSE(fs::exists(shard_folder(options.target)));

  const hdf5::File good = hdf5::File::open(folder.path / "good.h5");
  const hdf5::File bad = hdf5::File::open(folder.path / "bad.h5");
  const auto replicates = bad.root().variable("run_replicate").read<std::int32_t>();
  CHECK(replicates == std::vector<std::int32_t>{0, 1, 2, 4, 5, 6, 8, 9, 10, 11});
  for (std::size_t run = 0; run < replicates.size(); ++run)
    CHECK(services(bad.root(), run) ==
          services(good.root(), static_cast<std::size_t>(replicates[run])));
  const hdf5::Group failures = bad.root().group("failures");
  CHECK(failures.variable("failed_case").read<std::int64_t>() == std::vector<std::int64_t>{3, 7});
  CHECK(failures.variable("failed_message").read<std::string>() ==
        std::vector<std::string>{"the third went wrong", "the seventh, too"});
}

TEST_CASE("a case that the machine could not compute is not done: a resume computes it") {
  const test::Germany germany(60, 12);
  for (const bool until : {false, true}) {
    CAPTURE(until);
    Study study = germany.study;
    study.replicates = study.at_least = 12;
    if (until) study.until = StoppingRule{"adopters", 11, 1e9};  // met by the twelfth
    study.replicates = until ? 40 : 12;
    const Folder folder;
    run_study(study, germany.population.municipalities, options_for(folder.path / "good.h5"));
    const auto out_of_memory = [] { throw std::bad_alloc(); };
    const auto no_thread = [] {
      throw std::system_error(EAGAIN, std::generic_category(), "no thread");
    };
    const auto full = [] { throw files::FileError("x: cannot be written (No space left)"); };
    RunOptions options = options_for(folder.path / "bad.h5");
    for (const std::function<void()>& hindrance :
         {std::function<void()>(out_of_memory), std::function<void()>(no_thread),
          std::function<void()>(full)}) {
      std::atomic<int> begun = 0;
      options.threads = 1;  // of twelve cases at most three are begun until the second is hindered
      options.before_case = [&](const CaseId&) {
        if (++begun == 2) hindrance();
      };
      const auto run = [&] { run_study(study, germany.population.municipalities, options); };
      CHECK_THROWS_AS(run(), files::FileError);
      CHECK_FALSE(fs::exists(options.target));
      options.resume = true;
    }
    options.before_case = {};
    const RunReport report = run_study(study, germany.population.municipalities, options);
    CHECK(report.failures.empty());
    CHECK(report.runs_kept > 0);
    CHECK(hdf5::digest(options.target) == hdf5::digest(folder.path / "good.h5"));
    CHECK_FALSE(fs::exists(shard_folder(options.target)));
  }
}

TEST_CASE("a failed case counts as covered: shards with one are resumed and merged") {
  const test::Germany germany(60, 12);
  Study study = germany.study;
  study.replicates = 6;
  const Folder folder;
  RunOptions options = options_for(folder.path / "s.h5");
  for (std::uint32_t k = 1; k <= 2; ++k) {
    options.shard = {k, 2};
    options.before_case = [](const CaseId& id) {
      if (id.replicate == 4) throw std::runtime_error("no");
    };
    run_study(study, germany.population.municipalities, options);
  }
  std::uint32_t begun = 0;
  options.shard = {1, 2};
  options.resume = true;
  options.before_case = [&](const CaseId&) { ++begun; };
  const RunReport again = run_study(study, germany.population.municipalities, options);
  CHECK(begun == 0);
  CHECK(again.failures.size() == 1);
  CHECK(again.runs_kept == 2);

  std::vector<CaseLog> logs;
  for (const char* name : {"2-of-2.cases", "1-of-2.cases"})
    logs.push_back(CaseLog::open(shard_folder(options.target) / name));
  const Written written = write_result(study, germany.population.municipalities, logs,
                                       {.target = options.target,
                                        .overwrite = false,
                                        .partial = false,
                                        .build = options.build,
                                        .environment = "test\n",
                                        .stopped = ""});
  CHECK(written.runs == 5);
  CHECK(written.missing_cases == 0);
  REQUIRE(written.failures.size() == 1);
  CHECK(written.failures[0].number == 4);
}
