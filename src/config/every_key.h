// Files that hold every key there is, each with its meaning in a comment. The reader reads them to
// tell the keys (keys.h); what it asks for and does not find here is an error of ours.
#pragma once

#include <span>
#include <string_view>

namespace rathaus::config {

/// Names in capitals are the user's; MODEL is the folder of a model. A comment "[day] ..." begins
/// with a unit that the reader does not know of itself.
struct EveryKey {
  std::string_view file;  //!< "experiment", "calibration" or "patterns.toml"
  std::string_view text;
};

/// To be read as they are; the first one is followed by what only stands in the place of some of
/// it.
std::span<const EveryKey> experiments();

}  // namespace rathaus::config
