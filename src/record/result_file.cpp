#include "record/result_file.h"

#include <array>

#include "analysis/summary.h"
#include "record/result_tables.h"

namespace rathaus::record {
namespace {

using hdf5::Group;
using hdf5::Type;
using hdf5::Variable;
using model::Outcome;

/// Appends `values` in the type that the variable has in the file.
void append_as(Variable& variable, const std::vector<std::int64_t>& values, double one) {
  switch (variable.type()) {
    case Type::int32:
      return variable.append(std::vector<std::int32_t>(values.begin(), values.end()));
    case Type::int64:
      return variable.append(values);
    default: {
      std::vector<double> scaled(values.size());
      // cents, Wh and g as exact quotients: 1234 cents are 12.34 EUR, not 1234 x 0.01
      for (std::size_t i = 0; i < values.size(); ++i)
        scaled[i] = static_cast<double>(values[i]) / (1.0 / one);
      return variable.append(scaled);
    }
  }
}

}  // namespace

ResultFile::ResultFile(const std::filesystem::path& target, const study::Study& study,
                       const model::World& world, const BuildInfo& build, bool overwrite)
    : study_(study),
      world_(world),
      file_(hdf5::File::create(target, {.compress = true, .overwrite = overwrite})),
      columns_(define_layout(file_.root(), study, world, build)),
      support_(file_.root(), study, world.quarters) {}

void ResultFile::append(const study::RunRecord& run) {
  const auto number = static_cast<std::int32_t>(runs_);
  columns_.run_index[0].append(std::array{number});
  columns_.run_index[1].append(std::array{static_cast<std::int16_t>(run.scenario)});
  columns_.run_index[2].append(std::array{static_cast<std::int16_t>(run.id.alternative)});
  columns_.run_index[3].append(std::array{static_cast<std::int32_t>(run.id.point)});
  columns_.run_index[4].append(std::array{static_cast<std::int32_t>(run.id.replicate)});
  columns_.run_index[5].append(std::array{static_cast<std::int8_t>(run.fixed_demand)});
  columns_.run_index[6].append(std::array{run.wall_time});
  append_rows(run.outcome);
  const Outcome& o = run.outcome;
  columns_.by_quarter[0].append(o.services);
  columns_.by_quarter[1].append(o.contracts_renewed);
  columns_.by_quarter[2].append(o.contracts_switched);
  columns_.by_quarter[3].append(o.vendor_base);
  columns_.by_quarter[4].append(o.vendor_price);
  columns_.by_quarter[5].append(o.hhi_national);
  columns_.by_quarter[6].append(o.hhi_local);
  columns_.by_quarter[7].append(o.morans_i);
  if (!columns_.first_operation.empty()) columns_.first_operation[0].append(o.first_operation);
  if (run.panel) append_panel(*run.panel);
  support_.append(study_, run.scenario, o, run.pairing);
  ++runs_;
}

void ResultFile::append_rows(const Outcome& outcome) {
  std::size_t rows_per_quarter = 0;
  for (const model::Grouping& grouping : world_.groupings)
    rows_per_quarter += grouping.labels.size();
  std::size_t offset = 0;
  for (std::size_t g = 0; g < world_.groupings.size(); ++g) {
    const std::size_t classes = world_.groupings[g].labels.size();
    const auto row = [&](std::uint32_t t, std::size_t c) -> const model::Row& {
      return outcome.rows[t * rows_per_quarter + offset + c];
    };
    for (std::size_t i = 0; i < model::indicator_count; ++i) {
      std::vector<std::int64_t> values;
      for (std::uint32_t t = 0; t < world_.quarters; ++t)
        for (std::size_t c = 0; c < classes; ++c) values.push_back(row(t, c).value[i]);
      append_as(columns_.by_class[g * model::indicator_count + i], values,
                model::indicator_infos()[i].one);
    }
    std::vector<std::int64_t> blocked;
    for (std::uint32_t t = 0; t < world_.quarters; ++t)
      for (std::size_t b = 0; b < model::blocked_count; ++b)
        for (std::size_t c = 0; c < classes; ++c) blocked.push_back(row(t, c).blocked[b]);
    append_as(columns_.blocked[g], blocked, 1.0);
    offset += classes;
  }
}

void ResultFile::append_panel(const study::Panel& panel) {
  columns_.panel[0].append(std::array{static_cast<std::int32_t>(runs_)});
  columns_.panel[1].append(panel.stage);
  columns_.panel[2].append(panel.vendor);
  columns_.panel[3].append(panel.lock_in);
  columns_.panel[4].append(panel.maturity);
  columns_.panel[5].append(panel.reserve);
  columns_.panel[6].append(panel.staff);
  columns_.panel[7].append(panel.data);
  columns_.panel[8].append(panel.trust);
}

void ResultFile::commit(const std::string& environment, const std::string& log,
                        const std::vector<Failure>& failures) {
  Group root = file_.root();
  write_failures(root, study_, failures);
  analysis::write_summary(file_.root());
  Group group = file_.root().group("provenance");
  group.text("environment", environment);
  group.text("log", log);
  file_.commit();
}

}  // namespace rathaus::record
