#include "config/ensemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "files/csv.h"
#include "files/sha256.h"
#include "hdf5/file.h"

namespace rathaus::config {
namespace {

namespace fs = std::filesystem;
using study::Ensemble;
using study::Uncertain;

/// Columns of a CSV that are no numbers of an experiment.
constexpr std::array<std::string_view, 3> other_columns{"particle", "weight", "distance"};
constexpr std::string_view statistic_prefix = "statistic.";

/// As the file has them; places tell where each came from.
struct Vectors {
  std::vector<std::string> paths;
  std::vector<double> value, weight;
  std::vector<Place> column_place;
};

std::optional<double> number_of(std::string_view cell) {
  const std::string text(cell);
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<Vectors> read_csv(const fs::path& path, Diagnostics& diagnostics) {
  const auto csv = files::read_csv(path, diagnostics);
  if (!csv || csv->rows() == 0) return std::nullopt;
  Vectors vectors;
  std::vector<std::size_t> columns;
  std::optional<std::size_t> weights;
  for (std::size_t c = 0; c < csv->cells(0); ++c) {
    const std::string name(csv->cell(0, c));
    if (name == "weight") weights = c;
    if (std::ranges::find(other_columns, name) != other_columns.end() ||
        name.starts_with(statistic_prefix))
      continue;
    columns.push_back(c);
    vectors.paths.push_back(name);
    vectors.column_place.push_back(csv->place(0, c));
  }
  for (std::size_t row = 1; row < csv->rows(); ++row) {
    const auto read = [&](std::size_t c, bool above_zero) {
      const auto value = c < csv->cells(row) ? number_of(csv->cell(row, c)) : std::nullopt;
      if (value && (!above_zero || *value > 0.0)) return *value;
      diagnostics.error(csv->place(row, std::min(c, csv->cells(row) - 1)),
                        fmt::format("{} is no number{}", csv->cell(0, c),
                                    above_zero ? " above 0 (a weight is)" : ""));
      return 1.0;
    };
    for (const std::size_t c : columns) vectors.value.push_back(read(c, false));
    vectors.weight.push_back(weights ? read(*weights, true) : 1.0);
  }
  if (csv->rows() == 1) diagnostics.error(csv->place(0), "the file holds no vector");
  return vectors;
}

/// The last generation of a posterior.
std::optional<Vectors> read_posterior(const fs::path& path, Diagnostics& diagnostics) {
  const hdf5::File file = hdf5::File::open(path);
  const hdf5::Group root = file.root();
  if (!root.has_attribute("kind") || root.text_attribute("kind") != "posterior") {
    diagnostics.error({path.string(), 0, 0},
                      "is no posterior (an ensemble is what `rathaus calibrate` wrote, or a CSV)");
    return std::nullopt;
  }
  Vectors vectors;
  vectors.paths = root.variable("parameter").read<std::string>();
  const std::size_t last = root.variable("generation").rows() - 1;
  vectors.value = root.variable("value").read<double>(last, 1);
  vectors.weight = root.variable("weight").read<double>(last, 1);
  vectors.column_place.assign(vectors.paths.size(), Place{path.string(), 0, 0});
  return vectors;
}

/// Every column is a number of the experiment that may be uncertain, within its hard bounds.
bool take(const toml_reader::Value& name, const Vectors& vectors, const UncertainNumbers& numbers,
          std::vector<Uncertain>& found, Diagnostics& diagnostics) {
  const std::size_t told = diagnostics.errors().size();
  for (std::size_t k = 0; k < vectors.paths.size(); ++k) {
    const std::string& path = vectors.paths[k];
    const Known* known = numbers.find(path);
    if (known == nullptr) {
      diagnostics.error(vectors.column_place[k],
                        fmt::format("the column '{}' is no number of this experiment{}", path,
                                    suggestion(path, numbers.paths())));
      continue;
    }
    if (known->whole) {
      diagnostics.error(
          vectors.column_place[k],
          fmt::format("the column '{}' is a whole number (which cannot be uncertain)", path));
      continue;
    }
    Uncertain number = known->number;
    number.joint = true;
    double lowest = vectors.value[k], highest = lowest;
    for (std::size_t v = 0; v < vectors.weight.size(); ++v) {
      const double value = vectors.value[v * vectors.paths.size() + k];
      lowest = std::min(lowest, value);
      highest = std::max(highest, value);
    }
    if (lowest < number.distribution.lowest || highest > number.distribution.highest)
      diagnostics.error(
          vectors.column_place[k],
          fmt::format("the column '{}' reaches from {:g} to {:g} (possible are {:g} to "
                      "{:g} [{}])",
                      path, lowest, highest, number.distribution.lowest,
                      number.distribution.highest, number.unit));
    number.distribution.by = {lowest, highest, 0.0};
    found.push_back(std::move(number));
  }
  if (vectors.paths.empty()) name.error("holds no number of this experiment");
  return diagnostics.errors().size() == told;
}

}  // namespace

void read_ensemble(toml_reader::Table& table, const fs::path& folder,
                   const UncertainNumbers& numbers, Draft& draft) {
  const auto value = table.find("ensemble"), hash = table.find("ensemble_sha256");
  if (hash && !value) hash->error("has no ensemble beside it");
  const auto name = value ? value->filled_text() : std::nullopt;
  if (!name) return;
  Diagnostics& diagnostics = table.diagnostics();
  Ensemble ensemble;
  ensemble.file = value->is_from_command_line() ? fs::path(*name) : folder / *name;
  std::error_code none;
  if (!fs::is_regular_file(ensemble.file, none))
    return value->error(fmt::format("= \"{}\" is no file", *name));
  ensemble.sha256 = files::sha256_of_file(ensemble.file);
  if (const auto wanted = hash ? hash->filled_text() : std::nullopt)
    if (*wanted != ensemble.sha256)
      value->error(
          fmt::format("= \"{}\" has changed (its hash is {}) restore it, or drop "
                      "ensemble_sha256",
                      *name, ensemble.sha256));
  const std::size_t told = diagnostics.errors().size();
  const auto vectors = ensemble.file.extension() == ".csv"
                           ? read_csv(ensemble.file, diagnostics)
                           : read_posterior(ensemble.file, diagnostics);
  if (!vectors || diagnostics.errors().size() != told) return;
  std::vector<Uncertain> found;
  if (!take(*value, *vectors, numbers, found, diagnostics)) return;
  draft.study.inputs.push_back(
      {*name, fs::file_size(ensemble.file), ensemble.sha256, ensemble.file});
  ensemble.numbers = found.size();
  ensemble.value = vectors->value;
  ensemble.weight = vectors->weight;
  draft.study.ensemble = std::move(ensemble);
  draft.study.uncertain = std::move(found);
}

}  // namespace rathaus::config
