// The story of one unit in one run: for people, and as JSON for programs.
#pragma once

#include <string>
#include <vector>

#include "commands/labels.h"
#include "commands/words.h"
#include "run/replay.h"

namespace rathaus::commands {

struct Story {
  const study::Study& study;
  const model::Municipalities& municipalities;
  const std::vector<std::string>& vendors;  //!< labels of the slots
  std::string file;
  std::uint32_t run = 0;
  std::uint32_t unit = 0;  //!< index
  const run::Replay& replay;
  const Words& say;      //!< of the text; JSON has the names of the program
  const Labels& labels;  //!< of the text, likewise
};

/// What became of each use case and what stood in the way, means at the end of every year, and
/// what happened, quarter by quarter.
std::string story_text(const Story& story);

/// The same: the unit, its means in every quarter, and every event with all its numbers.
std::string story_json(const Story& story);

}  // namespace rathaus::commands
