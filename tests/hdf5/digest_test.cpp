#include "hdf5/digest.h"

#include <set>

#include "catch.h"
#include "diagnostics/diagnostics.h"
#include "study.h"

using namespace rathaus;
using namespace rathaus::files;
using namespace rathaus::hdf5;

namespace {

std::string digest_of(const Study& study) {
  const TemporaryFolder folder;
  study.write(folder / "a.h5");
  return digest(folder / "a.h5");
}

}  // namespace

TEST_CASE("the digest does not depend on how, when or in which order a study was written") {
  const std::string expected = digest_of({});
  CHECK(expected.size() == 64);
  CHECK(digest_of({.batch = 3}) == expected);
  CHECK(digest_of({.batch = 100}) == expected);
  CHECK(digest_of({.compress = true}) == expected);
  CHECK(digest_of({.expected_runs = 2}) == expected);
  CHECK(digest_of({.date = "2031-12-31"}) == expected);
  CHECK(digest_of({.backwards = true}) == expected);
  CHECK(digest_of({.batch = 2, .compress = true, .backwards = true}) == expected);
}

TEST_CASE("the digest changes with any one result number, and with nothing else") {
  std::set<std::string> digests{digest_of({})};
  for (const char* name :
       {"adopters", "inhabitants", "price", "paid", "run_scenario", "run_fixed_demand"})
    for (const std::int32_t run : {0, 3, 6}) {
      CAPTURE(name, run);
      CHECK(digests.insert(digest_of({.changed_run = run, .changed = name})).second);
    }
  CHECK(digests.insert(digest_of({.changed_run = 0, .changed = "units"})).second);
  for (const char* name : {"run_wall_time", "load"})
    CHECK(digest_of({.changed_run = 3, .changed = name}) == digest_of({}));
}

TEST_CASE("the digest sees name, shape and type") {
  CHECK(digest_of({.runs = 0}) != digest_of({.runs = 0, .quarters = 6}));
  const auto of_single = [&]<class T>(const std::string& name, T number) {
    const TemporaryFolder folder;
    File file = File::create(folder / "a.h5");
    Group root = file.root();
    root.dimension("x", 1);
    root.variable<T>(name, {"x"}).write(std::vector<T>{number});
    file.commit();
    return digest(file.path());
  };
  const std::string one = of_single("a", 0.0F);
  CHECK(one != of_single("b", 0.0F));
  CHECK(one != of_single("a", std::int32_t{0}));
}

TEST_CASE("the digest of a long file is taken in blocks") {
  // 3 000 runs of 1.2 kB in `adopters`: several blocks, of which the last is not full.
  const Study study{.runs = 3000, .quarters = 100, .batch = 1000};
  Study permuted = study;
  permuted.backwards = true;
  CHECK(digest_of(study) == digest_of(permuted));
  Study changed = study;
  changed.changed = "adopters";
  changed.changed_run = 2999;
  CHECK(digest_of(study) != digest_of(changed));
}
