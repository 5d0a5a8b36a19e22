// A made-up study to write: every construct of the result file, numbers that differ everywhere.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "files/temporary_folder.h"
#include "hdf5/file.h"

namespace rathaus::hdf5 {

using test::TemporaryFolder;

inline std::string bytes_of_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What an exception of type Error says; "" if none is thrown.
template <class Error, class Action>
std::string message_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

struct Study {
  std::size_t runs = 7;
  std::size_t quarters = 5;
  std::size_t batch = 1;  ///< runs per append
  bool compress = false;
  bool backwards = false;         ///< runs written in descending order of their number
  std::size_t expected_runs = 0;  ///< told to the layer: changes the chunks
  std::string date = "2026-01-01";
  std::int32_t changed_run = -1;  ///< the run in which the number below is increased by one
  std::string changed = "";       ///< name of a variable

  static std::vector<std::string> size_classes() { return {"<5k", "5k-20k", "20k-100k"}; }

  /// The numbers of one run: no two alike in small studies.
  template <class T>
  std::vector<T> numbers(const std::string& name, std::int32_t run, std::size_t size) const {
    std::vector<T> values(size);
    for (std::size_t i = 0; i < size; ++i)
      values[i] = static_cast<T>((static_cast<std::size_t>(run) * 31 + i) % 120);
    if (name == changed && run == changed_run) values.back() = static_cast<T>(values.back() + 1);
    return values;
  }

  template <class T>
  void fill(Variable variable) const {
    for (std::size_t done = 0; done < runs;) {
      std::vector<T> rows;
      for (std::size_t end = std::min(runs, done + batch); done < end; ++done) {
        const auto run = static_cast<std::int32_t>(backwards ? runs - 1 - done : done);
        const std::vector<T> row = variable.is_dimension()
                                       ? std::vector<T>{static_cast<T>(run)}
                                       : numbers<T>(variable.name(), run, variable.row_size());
        rows.insert(rows.end(), row.begin(), row.end());
      }
      variable.append(rows);
    }
  }

  void write(const std::filesystem::path& path) const {
    File file = File::create(path, {.compress = compress});
    write_into(file);
    file.commit();
  }

  void write_into(File& file) const {
    Group root = file.root();
    root.attribute("date_created", date);
    Variable run = root.unlimited_dimension("run", {.long_name = "run"}, expected_runs);
    root.dimension("quarter", quarters, {.long_name = "quarter"});
    root.dimension("size_class", size_classes(), "size class");
    root.variable<std::int32_t>("units", {"size_class"}, {.units = "1"})
        .write(numbers<std::int32_t>("units", 0, 3));
    fill<std::int32_t>(std::move(run));
    const Description in_euro{.units = "EUR", .long_name = "what it costs"};
    fill<std::int8_t>(root.variable<std::int8_t>("run_fixed_demand", {"run"}));
    fill<std::int16_t>(root.variable<std::int16_t>("run_scenario", {"run"}));
    fill<float>(root.variable<float>("run_wall_time", {"run"}, {.units = "s"}));
    fill<std::int32_t>(root.variable<std::int32_t>("adopters", {"run", "quarter", "size_class"}));
    fill<std::int64_t>(root.variable<std::int64_t>("inhabitants", {"run", "size_class"}));
    fill<float>(root.variable<float>("price", {"run", "quarter"}, in_euro));
    Group programmes = root.group("programmes");
    fill<double>(programmes.variable<double>("paid", {"run", "quarter"}, in_euro));
    Group provenance = root.group("provenance");
    provenance.text("log", "made on " + date);
    fill<double>(provenance.variable<double>("load", {"run"}));
  }
};

}  // namespace rathaus::hdf5
