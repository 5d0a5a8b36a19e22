#include "diagnostics/diagnostics.h"
#include "study/samples.h"

namespace rathaus::study::samples {
namespace {

[[noreturn]] void refuse() {
  throw InputError(
      "[design] asks for points that are drawn (this engine draws none) give them as method = "
      "\"list\", or use the program rathaus");
}

}  // namespace

void begin(std::uint64_t) {}

std::vector<double> latin_hypercube(std::size_t, std::size_t) {
  refuse();
}

std::vector<double> shifted_sobol(std::size_t, std::size_t) {
  refuse();
}

std::size_t below(std::size_t) {
  refuse();
}

}  // namespace rathaus::study::samples
