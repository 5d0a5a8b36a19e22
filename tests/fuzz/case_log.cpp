// A log of finished cases: as it is; and as header and record of a log whose checksums are right, so
// that what they guard is reached, too.
#include "record/case_log.h"

#include <algorithm>
#include <cstdio>

#include "fuzz.h"

using namespace rathaus;

namespace {

void read_all(const std::string& path) {
  fuzz::read_anything([&] {
    const record::CaseLog log = record::CaseLog::open(path);
    for (const std::uint64_t number : log.numbers()) log.read(number);
  });
}

/// The first line is the header, what follows it the record of case 0.
void read_with_checksums(std::string_view text) {
  const std::size_t line = std::min(text.find('\n'), text.size());
  const std::string path = "/dev/shm/rathaus-fuzz-" + std::to_string(::getpid()) + ".cases";
  {
    files::RecordLog log = files::RecordLog::create(path, {"rathaus-cases 2\n", "cases", "again"},
                                                    std::string(text.substr(0, line)));
    log.append(0, false, std::string(text.substr(std::min(line + 1, text.size()))));
  }
  read_all(path);
  std::remove(path.c_str());
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const fuzz::MemoryFile file(text);
  read_all(file.path());
  read_with_checksums(text);
  return 0;
}
