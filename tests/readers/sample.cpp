// readers_sample FILE [plain]: a small result file with every construct a result file may have,
// compressed unless `plain`, for other people's readers to open. Numbers count 0, 1, ... 99, 0 in
// row-major order, so that a reader can tell what it should have read.
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "hdf5/file.h"

using namespace rathaus::files;
using namespace rathaus::hdf5;

namespace {

constexpr std::size_t runs = 70;

template <class T>
std::vector<T> counting(std::size_t size, std::size_t start = 0) {
  std::vector<T> values(size);
  for (std::size_t i = 0; i < size; ++i) values[i] = static_cast<T>((start + i) % 100);
  return values;
}

template <class T>
void append_runs(Variable variable) {
  for (std::size_t run = 0; run < runs; ++run)
    variable.append(counting<T>(variable.row_size(), run * variable.row_size()));
}

void write_sample(const std::string& path, bool compress) {
  File file = File::create(path, {.compress = compress, .overwrite = true});
  Group root = file.root();
  root.attribute("title", "What every reader must understand: ä, €, 𝄞");
  root.attribute("answer", 42);
  root.attribute("share", 0.25);
  root.attribute("range", std::array<std::int64_t, 2>{1, std::int64_t{1} << 40});

  Variable run = root.unlimited_dimension("run", {.long_name = "completed runs"}, 32);
  run.append(counting<std::int32_t>(runs));
  root.dimension("quarter", 8, {.long_name = "quarter"});
  root.variable<std::string>("quarter_label", {"quarter"})
      .write(std::vector<std::string>{"2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1",
                                      "2025-Q2", "2025-Q3", "2025-Q4"});
  const std::vector<std::string> classes{"<5k", "5k-20k", "20k-100k", "größer"};
  root.dimension("size_class", classes, "size class by inhabitants");

  root.variable<std::int32_t>("units", {"size_class"}, {.units = "1"})
      .write(counting<std::int32_t>(4));
  append_runs<std::int8_t>(root.variable<std::int8_t>("run_fixed_demand", {"run"},
                                                      {.flags = {"full_model", "fixed_demand"}}));
  append_runs<std::int16_t>(root.variable<std::int16_t>("run_scenario", {"run"}));
  append_runs<float>(root.variable<float>("run_wall_time", {"run"}, {.units = "s"}));
  append_runs<std::int32_t>(
      root.variable<std::int32_t>("adopters", {"run", "quarter", "size_class"},
                                  {.units = "1",
                                   .long_name = "units with at least one service",
                                   .attributes = {{"cell_methods", "size_class: sum"}}}));
  append_runs<std::int64_t>(
      root.variable<std::int64_t>("adopter_inhabitants", {"run", "quarter", "size_class"}));
  append_runs<double>(root.variable<double>("reserve", {"run", "quarter"}, {.units = "EUR"}));

  Group municipalities = root.group("municipalities");
  municipalities.dimension("unit", 20000);
  municipalities.variable<double>("unit_lon", {"unit"}, {.units = "degrees_east"})
      .write(counting<double>(20000));
  std::vector<std::string> names(20000, "Gemeinde");
  names[1] = "";
  names[2] = "Königsfeld";
  municipalities.variable<std::string>("unit_name", {"unit"}).write(names);
  municipalities.variable<std::int8_t>("unit_size_class", {"unit"}, {.flags = classes})
      .write(counting<std::int8_t>(20000));

  Group vendors = root.group("vendors").group("detail");
  append_runs<float>(vendors.variable<float>("price", {"run", "size_class"}, {.units = "EUR"}));

  Group failures = root.group("failures");
  failures.unlimited_dimension("failure").append(std::vector<std::int32_t>{0, 1});
  failures.variable<std::string>("failure_message", {"failure"})
      .append(std::vector<std::string>{"stocks went negative", ""});

  Group provenance = root.group("provenance");
  provenance.text("experiment", "title = \"größer\"\n" + std::string(100000, '#') + '\n');
  provenance.text("log", "");
  file.commit();
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2) return std::puts("usage: readers_sample FILE [plain]"), 1;
  write_sample(argv[1], argc < 3 || std::string(argv[2]) != "plain");
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 2;
}
