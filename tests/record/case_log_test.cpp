// A log whose checksums are right and whose header is of another build, or of nobody.
#include "record/case_log.h"

#include <unistd.h>

#include <filesystem>

#include "catch.h"
#include "record/result_writer.h"

using namespace rathaus;
using namespace rathaus::record;

namespace {

/// Why a log with this header is refused; empty if it is read, and its study, too.
std::string refusal(const std::string& header) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("rathaus_case_log_" + std::to_string(getpid()) + ".cases");
  std::string why;
  {
    files::RecordLog::create(path, {"rathaus-cases 2\n", "cases", "again"}, header);
    try {
      study::Study study;
      take_origin(CaseLog::open(path), study);
    } catch (const InputError& error) {
      why = error.what();
    }
  }
  std::filesystem::remove(path);
  return why;
}

bool says(const std::string& why, const std::string& part) {
  return why.find(part) != std::string::npos;
}

std::string header(const std::string& k, const std::string& n, const std::string& replicates,
                   const std::string& bytes = "5") {
  return R"({"fingerprint": "f", "k": )" + k + R"(, "n": )" + n + R"(, "replicates": )" +
         replicates +
         R"(, "study": "{\"experiment\": \"\", \"overrides\": [], \"warnings\": [], \"notes\": [], )"
         R"(\"inputs\": [[\"towns.csv\", )" +
         bytes + R"(, \"00\"]]}"})";
}

}  // namespace

TEST_CASE("numbers of a header are whole, and none wraps into one that would fit") {
  CHECK(refusal(header("1", "4294967295", "0")).empty());
  for (const char* wrong : {"4294967297", "1333333333333333333333", "-1", "1.5", "\"2\"", "null"}) {
    INFO(wrong);
    CHECK(says(refusal(header("1", wrong, "0")), "cannot be understood"));
    CHECK(says(refusal(header(wrong, "2", "0")), "cannot be understood"));
    CHECK(says(refusal(header("1", "2", wrong)), "cannot be understood"));
  }
  CHECK(says(refusal(header("3", "2", "0")), "part 3 of 2"));
}

TEST_CASE("a fingerprint is of a study and of how many replicates, or of nothing") {
  using Parts = std::pair<std::string, std::uint32_t>;
  CHECK(parts_of("abc") == Parts{"abc", 0});
  CHECK(parts_of("abc-20") == Parts{"abc", 20});
  for (const char* wrong : {"abc-", "abc-x", "abc-20x", "abc--1", "abc-4294967297"})
    CHECK(parts_of(wrong) == Parts{wrong, 0});
}

TEST_CASE("what a header says of its study is read or refused") {
  for (const char* wrong : {"-1", "1e21", "null"})
    CHECK(says(refusal(header("1", "2", "0", wrong)), "cannot be understood"));
  CHECK(says(refusal(R"({"fingerprint": "f", "k": 1, "n": 1, "study": "{}"})"),
             "cannot be understood"));
  CHECK(says(refusal(R"({"fingerprint": "f", "k": 1, "n": 1, "study": "no JSON"})"),
             "cannot be understood"));
}
