#include "config/ensemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "config/ensemble_vectors.h"
#include "config/number_table.h"
#include "files/sha256.h"
#include "files/texts.h"

namespace rathaus::config {
namespace {

using study::Ensemble;
using study::Uncertain;

std::optional<EnsembleVectors> read_csv(const std::string& path, const UncertainNumbers& numbers,
                                        Diagnostics& diagnostics) {
  const auto table = NumberTable::read(path, numbers, diagnostics);
  if (!table) return std::nullopt;
  EnsembleVectors vectors;
  std::vector<std::vector<double>> columns;
  vectors.weight.assign(table->rows(), 1.0);
  for (const NumberColumn& column : table->columns()) {
    if (column.is_of_the_row()) {
      if (column.title != "weight") continue;
      vectors.weight = table->values(column, diagnostics);
      for (std::size_t row = 0; row < table->rows(); ++row)
        if (vectors.weight[row] <= 0.0)
          diagnostics.error(table->place(row, column), "weight is no number above 0 (a weight is)");
      continue;
    }
    vectors.paths.push_back(column.known ? column.known->number.path : column.title);
    vectors.column_place.push_back(table->heading(column));
    columns.push_back(table->values(column, diagnostics));
  }
  for (std::size_t row = 0; row < table->rows(); ++row)
    for (const std::vector<double>& column : columns) vectors.value.push_back(column[row]);
  return vectors;
}

/// Every column is a number of the experiment that may be uncertain, within its hard bounds.
bool take(const toml_reader::Value& name, const EnsembleVectors& vectors,
          const UncertainNumbers& numbers, std::vector<Uncertain>& found,
          Diagnostics& diagnostics) {
  const std::size_t told = diagnostics.errors().size();
  for (std::size_t k = 0; k < vectors.paths.size(); ++k) {
    const std::string& path = vectors.paths[k];
    const Known* known = numbers.find(path);
    if (known == nullptr) {
      diagnostics.error(vectors.column_place[k],
                        fmt::format("the column '{}' is no number of this experiment", path) +
                            suggestion(path, numbers.paths()));
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
    std::vector<double> column;
    for (std::size_t v = 0; v < vectors.weight.size(); ++v)
      column.push_back(vectors.value[v * vectors.paths.size() + k]);
    tell_implausible(
        {*known}, column, [&](std::size_t) { return vectors.column_place[k]; }, diagnostics);
    number.distribution.by = {lowest, highest, 0.0};
    found.push_back(std::move(number));
  }
  if (vectors.paths.empty()) name.error("holds no number of this experiment");
  return diagnostics.errors().size() == told;
}

/// One file of [uncertain] ensemble, and the hash that it is to have.
void read_named(const toml_reader::Value& value, const std::optional<toml_reader::Value>& hash,
                const std::string& folder, const UncertainNumbers& numbers, Draft& draft,
                Diagnostics& diagnostics) {
  const auto name = value.filled_text();
  if (!name) return;
  const std::string file = value.is_from_command_line() ? *name : files::join(folder, *name);
  if (const files::Kind kind = files::kind_of(file);
      kind == files::Kind::nothing || kind == files::Kind::folder)
    return value.error(fmt::format("= \"{}\" is no file", *name));
  const std::string sha256 = files::sha256_of_file(file);
  if (const auto wanted = hash ? hash->filled_text() : std::nullopt)
    if (*wanted != sha256)
      value.error(
          fmt::format("= \"{}\" has changed (its hash is {}) restore it, or drop "
                      "ensemble_sha256",
                      *name, sha256));
  if (auto read = read_ensemble_file(value, file, *name, sha256, numbers, diagnostics))
    add_ensemble(*std::move(read), draft.study);
}

}  // namespace

std::optional<EnsembleFile> read_ensemble_file(const toml_reader::Value& value,
                                               const std::string& file, const std::string& written,
                                               const std::string& sha256,
                                               const UncertainNumbers& numbers,
                                               Diagnostics& diagnostics) {
  const std::size_t told = diagnostics.errors().size();
  auto vectors = file.ends_with(".csv") ? read_csv(file, numbers, diagnostics)
                                        : read_posterior(file, diagnostics);
  if (!vectors || diagnostics.errors().size() != told) return std::nullopt;
  EnsembleFile found;
  if (!take(value, *vectors, numbers, found.numbers, diagnostics)) return std::nullopt;
  found.input = {written, files::read(file)->size(), sha256, file};
  found.ensemble = {file, sha256, found.numbers.size(), std::move(vectors->value),
                    std::move(vectors->weight)};
  return found;
}

void add_ensemble(EnsembleFile file, study::Study& study) {
  std::vector<std::size_t> before(study::joint_numbers(study)), places;
  std::iota(before.begin(), before.end(), std::size_t{0});
  for (Uncertain& number : file.numbers) {
    const auto known = std::ranges::find(study.uncertain, number.path, &Uncertain::path);
    places.push_back(static_cast<std::size_t>(known - study.uncertain.begin()));
    if (known == study.uncertain.end()) {
      study.uncertain.push_back(std::move(number));
    } else {
      auto& [lowest, highest, none] = known->distribution.by;
      lowest = std::min(lowest, number.distribution.by[0]);
      highest = std::max(highest, number.distribution.by[1]);
    }
  }
  for (Ensemble& other : study.ensembles) other.spread(before, study.uncertain.size());
  file.ensemble.spread(places, study.uncertain.size());
  study.ensembles.push_back(std::move(file.ensemble));
  study.inputs.push_back(std::move(file.input));
}

void read_ensemble(toml_reader::Table& table, const std::string& folder,
                   const UncertainNumbers& numbers, Draft& draft) {
  const auto value = table.find("ensemble"), hash = table.find("ensemble_sha256");
  if (hash && !value) hash->error("has no ensemble beside it");
  if (!value) return;
  if (!value->is_list())
    return read_named(*value, hash, folder, numbers, draft, table.diagnostics());
  const auto files = value->list();
  const auto hashes = hash ? hash->list(files->size()) : std::nullopt;
  if (files->empty()) value->error("is empty (a list names an ensemble for each theory)");
  for (std::size_t i = 0; i < files->size(); ++i)
    read_named((*files)[i], hashes ? std::optional((*hashes)[i]) : std::nullopt, folder, numbers,
               draft, table.diagnostics());
}

}  // namespace rathaus::config
