// Errors about the rows of one file: the first hundred in full, the others as a number.
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <utility>

#include "diagnostics/diagnostics.h"

namespace rathaus::files {

class RowErrors {
 public:
  static constexpr std::size_t most = 100;

  explicit RowErrors(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}
  RowErrors(const RowErrors&) = delete;
  RowErrors& operator=(const RowErrors&) = delete;

  void add(Place place, Message message) {
    if (++count_ <= most) return diagnostics_.error(std::move(place), std::move(message));
    last_ = {std::move(place.file), place.line, 0};
  }

  /// To be called once, after the last row.
  void finish() {
    if (count_ > most)
      diagnostics_.error(last_, fmt::format("and {} more errors up to this line", count_ - most));
  }

 private:
  Diagnostics& diagnostics_;
  std::size_t count_ = 0;
  Place last_;
};

}  // namespace rathaus::files
