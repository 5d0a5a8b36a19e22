#include "analysis/targets.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>

#include "hdf5/handle.h"

namespace rathaus::analysis {
namespace {

/// What a share is taken of: units or inhabitants, of a class or of all.
double whole_of(const hdf5::Group& root, const std::string& indicator, const std::string& suffix,
                std::optional<std::size_t> only) {
  const auto whole =
      root.variable((indicator == "adopters" ? "units" : "inhabitants") + suffix).read<double>();
  return only ? whole[*only] : std::accumulate(whole.begin(), whole.end(), 0.0);
}

}  // namespace

std::vector<JudgedTarget> judge_targets(ResultData& data) {
  std::vector<JudgedTarget> judged;
  const hdf5::Group& root = data.root();
  const std::vector<std::string> present = root.groups();
  if (std::ranges::find(present, "targets") == present.end()) return judged;
  const hdf5::Group targets = root.group("targets");
  const auto text = [&](const char* name) { return targets.variable(name).read<std::string>(); };
  const auto number = [&](const char* name) { return targets.variable(name).read<double>(); };
  const auto indicators = text("target_indicator"), groups = text("target_group"),
             labels = text("target_label");
  const auto shares = number("target_share"), by = number("target_by"),
             bounds = number("target_bound"), kinds = number("target_kind");
  const auto quarters = root.variable("quarter_label").read<std::string>();
  for (std::size_t t = 0; t < indicators.size(); ++t) {
    const bool plain = groups[t].empty() || groups[t] == "size_class";
    const std::string suffix = plain ? "" : "_by_" + groups[t];
    std::optional<std::size_t> only;
    if (!groups[t].empty()) {
      const auto known = root.variable(groups[t]).read<std::string>();
      only = static_cast<std::size_t>(std::ranges::find(known, labels[t]) - known.begin());
      if (*only == known.size())
        throw files::FileError(
            fmt::format("a target names the class '{}', which the file does not have", labels[t]));
    }
    const auto quarter = static_cast<std::size_t>(by[t]);
    JudgedTarget target{.text = "",
                        .share = shares[t] != 0.0,
                        .bound = bounds[t],
                        .at_least = kinds[t] == 0.0,
                        .value = {}};
    target.text =
        fmt::format("{}{} {} {} by {}", indicators[t], only ? " of " + labels[t] : "",
                    target.at_least ? "at least" : "at most", bounds[t], quarters[quarter]);
    const double whole = target.share ? whole_of(root, indicators[t], suffix, only) : 1.0;
    const Table3& table = data.table(indicators[t] + suffix);
    for (std::size_t run = 0; run < data.run_count(); ++run)
      target.value.push_back((only ? table.at(run, quarter, *only) : table.total(run, quarter)) /
                             whole);
    judged.push_back(std::move(target));
  }
  return judged;
}

}  // namespace rathaus::analysis
