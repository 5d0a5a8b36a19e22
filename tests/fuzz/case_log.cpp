// A log of finished cases; and a record by itself, which checksums guard in a log.
#include "record/case_log.h"

#include "fuzz.h"
#include "record/run_values.h"

using namespace rathaus;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::read_anything([&] {
    const fuzz::MemoryFile file(fuzz::text_of(data, size));
    const record::CaseLog log = record::CaseLog::open(file.path());
    for (const std::uint64_t number : log.numbers()) log.read(number);
  });
  try {
    record::from_bytes(fuzz::text_of(data, size));
  } catch (const std::length_error&) {
  }
  return 0;
}
