#include "record/result_file.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "analysis/summary.h"
#include "record/result_tables.h"

namespace rathaus::record {

ResultFile::ResultFile(const std::filesystem::path& target, const study::Study& study,
                       const model::World& world, const BuildInfo& build, bool overwrite)
    : study_(study),
      variables_(variables_of(study)),
      file_(hdf5::File::create(target, {.compress = true, .overwrite = overwrite})),
      layout_(define_layout(file_.root(), study, world, build, variables_)) {}

void ResultFile::append(const RunValues& run) {
  if (run.values.size() != variables_.size())
    throw std::logic_error("a run holds other variables than its study");
  bool panel = false;
  for (std::size_t v = 0; v < variables_.size(); ++v)
    panel = panel || (variables_[v]->held == Held::panel && size_of(run.values[v]) > 0);
  const std::array number{static_cast<std::int32_t>(runs_)};
  layout_.run.append(number);
  if (panel) layout_.panel_run->append(number);
  for (Column& column : layout_.columns)
    if (panel || !column.panel)
      std::visit([&](const auto& values) { column.stored.append(values); },
                 run.values[column.variable]);
  ++runs_;
}

void ResultFile::commit(const std::string& environment, const std::string& log,
                        const std::vector<Failure>& failures) {
  hdf5::Group root = file_.root();
  write_failures(root, study_, failures);
  analysis::write_summary(file_.root());
  hdf5::Group group = file_.root().group("provenance");
  group.text("environment", environment);
  group.text("log", log);
  file_.commit();
}

}  // namespace rathaus::record
