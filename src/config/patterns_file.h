// patterns.toml: what a model should reproduce, one [[pattern]] each.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "patterns/pattern.h"
#include "study/study.h"

namespace rathaus::config {

/// The file of a model's folder.
inline constexpr const char* patterns_file_name = "patterns.toml";

struct PatternsFile {
  std::int64_t replicates = 20;  //!< of the study that shows them
  std::vector<patterns::Pattern> patterns;
  std::string text;  //!< verbatim
  study::Input input;
};

/// Paths inside the file are relative to it. What is wrong is told to `diagnostics`; the patterns
/// are of use only if it has not failed afterwards.
PatternsFile read_patterns(const std::filesystem::path& path, Diagnostics& diagnostics);
/// The same for a text in memory; `path` stands for its file.
PatternsFile read_patterns_text(const std::string& text, const std::filesystem::path& path,
                                Diagnostics& diagnostics);

}  // namespace rathaus::config
