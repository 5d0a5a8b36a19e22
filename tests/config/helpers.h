// Experiments as texts, their errors as texts, folders that vanish, and rules compared bit by bit.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "config/experiment_file.h"

namespace rathaus::config {

using namespace model_folder;
using namespace toml_reader;

inline std::filesystem::path source_folder() {
  const char* folder = std::getenv("RATHAUS_SOURCE");
  return folder ? folder : ".";
}

inline ModelPlaces places() {
  return {{source_folder() / "models"}};
}

/// The shortest experiment there is; what a test adds begins in line 3.
inline const std::string shortest = "title = \"t\"\nmodel = \"germany\"\n";

/// Reads a text as the file x.toml in the current directory.
inline study::Study study_of(const std::string& text, const std::vector<std::string>& sets = {},
                             const std::filesystem::path& folder = "") {
  Diagnostics diagnostics;
  return read_experiment_text(text, "x.toml", folder, sets, places(), diagnostics);
}

/// All errors, one a line; empty if the text is valid.
inline std::string errors_of(const std::string& text, const std::vector<std::string>& sets = {},
                             const std::filesystem::path& folder = "") {
  try {
    study_of(text, sets, folder);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

/// A folder of text files, removed at the end of its scope.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    static int count = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("rathaus_config_" + std::to_string(getpid()) + "_" + std::to_string(++count));
    std::filesystem::create_directories(path_);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }

  const std::filesystem::path& path() const { return path_; }
  std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// The text with its first `old` replaced; the test is wrong if there is none.
inline std::string replaced(std::string text, const std::string& old, const std::string& with) {
  const std::size_t at = text.find(old);
  if (at == std::string::npos) throw std::logic_error("not in the text: " + old);
  return text.replace(at, old.size(), with);
}

inline bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

inline bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return std::ranges::equal(a, b, [](double x, double y) { return same_bits(x, y); });
}

template <class Struct>
bool same_bits(std::span<const model::Field<Struct>> fields, const Struct& a, const Struct& b) {
  return std::ranges::all_of(
      fields, [&](const auto& field) { return same_bits(a.*field.member, b.*field.member); });
}

inline bool same_bits(const model::Rules& a, const model::Rules& b) {
  const auto same_use_case = [](const model::UseCase& x, const model::UseCase& y) {
    return x.name == y.name && x.available_from == y.available_from &&
           same_bits(model::use_case_fields(), x, y);
  };
  const auto same_vendor = [](const model::Vendor& x, const model::Vendor& y) {
    return x.archetype == y.archetype && same_bits(model::vendor_fields(), x, y);
  };
  return same_bits(model::parameter_fields(), a.parameters, b.parameters) &&
         same_bits(model::coefficient_fields(), a.coefficients, b.coefficients) &&
         std::ranges::all_of(model::switches(),
                             [&](const model::Switch& choice) {
                               return choice.get(a.structure) == choice.get(b.structure);
                             }) &&
         std::ranges::equal(a.use_cases, b.use_cases, same_use_case) &&
         std::ranges::equal(a.vendors, b.vendors, same_vendor) &&
         same_bits(a.series.macro_factor, b.series.macro_factor) &&
         same_bits(a.series.grid_intensity, b.series.grid_intensity) &&
         same_bits(a.series.certification, b.series.certification) &&
         same_bits(a.series.compliance, b.series.compliance);
}

}  // namespace rathaus::config
