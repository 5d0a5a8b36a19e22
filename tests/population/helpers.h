// Files that vanish, messages as text, and equality of populations to the last bit.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "model/municipalities.h"

namespace rathaus::population {

/// A file in the temporary directory with the given bytes, removed at the end of its scope.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& bytes) {
    static int count = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("rathaus_" + std::to_string(getpid()) + "_" + std::to_string(++count) + ".csv");
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::filesystem::remove(path_); }

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// "line:column: message" of every finding, one a line, without the name of the file.
inline std::string listed(const std::vector<Diagnostic>& findings) {
  std::string text;
  for (const Diagnostic& finding : findings) {
    const std::string whole = finding.text();
    const std::string& file = finding.place.file;
    text += (file.empty() ? whole : whole.substr(file.size() + 1)) + '\n';
  }
  return text;
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

inline bool same_network(const model::Network& a, const model::Network& b) {
  return a.first == b.first && a.target == b.target && a.layer == b.layer;
}

/// Everything but the entity ids, which depend on what was left out before, and the draws of them.
inline bool same_units(const model::Municipalities& a, const model::Municipalities& b) {
  return a.id == b.id && a.name == b.name && a.population == b.population && a.region == b.region &&
         a.land == b.land && a.provider == b.provider && a.longitude == b.longitude &&
         a.latitude == b.latitude && a.fiscal == b.fiscal && a.innovativeness == b.innovativeness &&
         a.trust == b.trust && a.region_names == b.region_names && a.land_names == b.land_names &&
         a.provider_names == b.provider_names && a.national_units == b.national_units;
}

inline bool same(const model::Municipalities& a, const model::Municipalities& b) {
  return same_units(a, b) && a.entity == b.entity && a.fiscal_normal == b.fiscal_normal &&
         same_network(a.network, b.network);
}

}  // namespace rathaus::population
