#include "record/earlier_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>
#include <set>
#include <tuple>
#include <utility>

namespace rathaus::record {
namespace {

/// One row in the type that the variable has in a run.
template <std::size_t... Place>
Values read_row(const hdf5::Variable& stored, hdf5::Type type, std::size_t row,
                std::index_sequence<Place...>) {
  Values values;
  const auto read = [&]<class T>(const std::vector<T>&) {
    if (type == hdf5::type_of<T>()) values = stored.read<T>(row, 1);
  };
  (read(std::variant_alternative_t<Place, Values>{}), ...);
  return values;
}

}  // namespace

std::optional<EarlierResult> EarlierResult::open(const std::filesystem::path& path,
                                                 const study::Study& study,
                                                 const LogHeader& header) {
  std::error_code none;
  if (study.until || !std::filesystem::is_regular_file(path, none)) return std::nullopt;
  hdf5::File file = hdf5::File::open(path);
  if (!file.root().has_attribute("fingerprint")) return std::nullopt;
  const auto [of_cases, replicates] = parts_of(file.root().text_attribute("fingerprint"));
  if (of_cases != header.fingerprint || replicates >= study.replicates) return std::nullopt;
  return EarlierResult(std::move(file), study);
}

EarlierResult::EarlierResult(hdf5::File file, const study::Study& study)
    : file_(std::move(file)), variables_(variables_of(study)) {
  const hdf5::Group root = file_.root();
  for (const Variable& variable : variables_)
    if (variable->held == Held::world) {
      stored_.emplace_back(std::nullopt);
    } else {
      const bool of_panel = variable->held == Held::panel;
      stored_.emplace_back(root.variable(variable.path))
          ->along({of_panel ? "panel_run" : "run"}, true);
    }
  if (root.has("panel")) panel_run_ = root.variable("panel/panel_run").read<std::int64_t>();
  const auto column = [&](const char* name, std::size_t length) {
    return root.variable(name).along({"run"}).read_places(length);
  };
  const auto number = [](std::size_t value) { return static_cast<std::uint32_t>(value); };
  const auto scenario = column("run_scenario", study.scenarios.size()),
             alternative = column("run_alternative", study.alternatives.size()),
             point = column("run_point", study.design.points),
             replicate = column("run_replicate", study.replicates),
             fixed_demand = column("run_fixed_demand", 2);
  std::set<std::tuple<std::uint64_t, std::size_t, std::size_t>> known;
  for (std::size_t row = 0; row < scenario.size(); ++row) {
    const study::CaseId id{number(alternative[row]), number(point[row]), number(replicate[row])};
    runs_.push_back({number(scenario[row]), id, fixed_demand[row] != 0, {}});
    const std::uint64_t of_case = study::case_number(study, id);
    if (!known.emplace(of_case, scenario[row], fixed_demand[row]).second)
      throw root.damaged(fmt::format("run {} is there twice", row));
    rows_[of_case].push_back(row);
  }
  for (const auto& [of_case, rows] : rows_)
    if (rows.size() != rows_.begin()->second.size())
      throw root.damaged(fmt::format("case {} lacks runs", of_case));
}

std::vector<std::uint64_t> EarlierResult::numbers() const {
  const auto keys = std::views::keys(rows_);
  return {keys.begin(), keys.end()};
}

RunValues EarlierResult::run(std::size_t row) const {
  const auto panel = std::ranges::find(panel_run_, static_cast<std::int64_t>(row));
  const bool has_panel = panel != panel_run_.end();
  RunValues run = runs_[row];
  for (std::size_t v = 0; v < variables_.size(); ++v) {
    const bool of_panel = variables_[v]->held == Held::panel;
    if (!stored_[v] || (of_panel && !has_panel)) {
      run.values.emplace_back();
      continue;
    }
    const std::size_t stored_row =
        of_panel ? static_cast<std::size_t>(panel - panel_run_.begin()) : row;
    run.values.push_back(read_row(*stored_[v], variables_[v]->type, stored_row,
                                  std::make_index_sequence<std::variant_size_v<Values>>()));
  }
  return run;
}

std::vector<RunValues> EarlierResult::read(std::uint64_t number) const {
  std::vector<RunValues> runs;
  for (const std::size_t row : rows_.at(number)) runs.push_back(run(row));
  return runs;
}

}  // namespace rathaus::record
