#include "analysis/asked.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/quarters.h"
#include "analysis/statistics.h"
#include "analysis/strata.h"
#include "diagnostics/diagnostics.h"
#include "hdf5/udunits.h"

namespace rathaus::analysis {
namespace {

constexpr double part = 0.001;

bool is_of_programmes(const std::string& metric) {
  return metric.starts_with("programmes/");
}

/// "size_class=<5k"; one grouping twice: units of either class.
UnitClass group_of(const std::vector<std::string>& given) {
  UnitClass units;
  std::size_t understood = 0;
  for (const std::string_view grouping : UnitClass::groupings) {
    std::vector<std::string> labels;
    for (const std::string& text : given)
      if (text.starts_with(grouping) && text.size() > grouping.size() &&
          text[grouping.size()] == '=') {
        ++understood;
        std::string label = text.substr(grouping.size() + 1);
        if (std::ranges::find(labels, label) == labels.end()) labels.push_back(std::move(label));
      }
    if (!labels.empty()) units.parts.emplace_back(grouping, std::move(labels));
  }
  if (understood != given.size())
    throw InputError(
        "--group names no class (land, size_class and fiscal_class are known) write it like "
        "--group 'size_class=<5k'");
  return units;
}

/// {"size_class":"<5k","fiscal_class":["weak","middle"]}
UnitClass group_of_file(const hdf5::Group& root) {
  UnitClass units;
  const auto object = nlohmann::ordered_json::parse(root.text_attribute("question_group"), nullptr,
                                                    /*allow_exceptions=*/false);
  const auto is_text = [](const auto& label) { return label.is_string(); };
  if (!object.is_object()) throw root.damaged("its attribute 'question_group' is no class");
  for (const auto& [grouping, label] : object.items()) {
    if (label.is_string())
      units.parts.emplace_back(grouping, std::vector{label.template get<std::string>()});
    else if (label.is_array() && !label.empty() && std::ranges::all_of(label, is_text))
      units.parts.emplace_back(grouping, label.template get<std::vector<std::string>>());
    else
      throw root.damaged("its attribute 'question_group' is no class");
  }
  return units;
}

/// Ten years after support starts, or after the start of the run, or its end.
std::size_t default_horizon(const hdf5::Group& root) {
  constexpr std::size_t quarters = 40;
  return std::min(root.last_place("quarter"), horizons_of(root).start + quarters - 1);
}

void check_metric(ResultData& data, const std::string& metric) {
  std::vector<std::string> names = metric_names(data.root());
  if (!data.programmes().empty()) {
    const hdf5::Group programmes = data.root().group("programmes");
    for (const std::string& name : programmes.variables())
      if (const auto axes = programmes.variable(name).dimensions();
          axes.size() >= 3 && axes[1] == "quarter" && !name.ends_with("_by_fiscal_class"))
        names.push_back("programmes/" + name);
    for (const GainCost& cost : gain_costs) names.emplace_back(cost.name);
  }
  if (std::ranges::find(names, metric) == names.end())
    throw InputError(fmt::format("there is no metric '{}' in the file", metric) +
                     suggestion(metric, std::vector<std::string_view>(names.begin(), names.end())));
}

}  // namespace

Asked asked_of(ResultData& data, const AskInstead& instead) {
  const hdf5::Group& root = data.root();
  Asked asked;
  asked.metric = "adopters";
  asked.horizon = default_horizon(root);
  if (root.has_attribute("question_metric")) {
    const auto text = [&](const char* name) { return root.text_attribute(name); };
    asked.en = text("question_text_en");
    asked.de = text("question_text_de");
    asked.in_numbers = root.count_attribute("question_in_numbers") != 0;
    asked.metric = text("question_metric");
    asked.of = group_of_file(root);
    asked.horizon = quarter_index(root, text("question_horizon"));
    asked.more = text("question_prefer") != "less";
    const hdf5::AttributeValue smallest = root.attribute("question_smallest_gain");
    if (const auto* gain = std::get_if<std::vector<double>>(&smallest);
        gain != nullptr && gain->size() == 1 && !std::isnan(gain->front()))
      asked.smallest_gain = gain->front();
  } else if (root.has_attribute("question")) {
    asked.en = asked.de = root.text_attribute("question");
  }
  if (!instead.metric.empty() && instead.metric != asked.metric) {
    check_metric(data, instead.metric);
    asked.metric = instead.metric;
    asked.smallest_gain.reset();
    asked.in_numbers = true;
  }
  if (!instead.group.empty()) asked.of = group_of(instead.group);
  if (!instead.quarter.empty()) asked.horizon = quarter_index(root, instead.quarter);
  asked.quarter =
      root.variable("quarter_label").along({"quarter"}).read<std::string>(asked.horizon, 1).front();
  asked.unit = asked.cost() != nullptr          ? std::string(asked.cost()->unit)
               : is_of_programmes(asked.metric) ? hdf5::unit_of(root.variable(asked.metric))
                                                : Metric(data, asked.metric, asked.of).unit();
  return asked;
}

AskedMetric::AskedMetric(ResultData& data, const Asked& asked)
    : data_(data), horizon_(asked.horizon) {
  if (!is_of_programmes(asked.metric)) {
    metric_.emplace(data, asked.cost() != nullptr ? std::string(asked.cost()->per) : asked.metric,
                    asked.of);
    return;
  }
  const std::string grouping = asked.of.grouping(), name = asked.metric + asked.of.suffix();
  if (!data.root().has(name))
    throw InputError(
        fmt::format("{} is not in the file (it is kept by size_class and by "
                    "fiscal_class alone)",
                    name));
  const hdf5::Variable variable = data.root().variable(name);
  so_far_ = variable.text_attribute("cell_methods") == "quarter: sum";
  programmes_ = &data.table(name);
  if (grouping.empty()) return;
  if (variable.dimensions().back() != grouping)
    throw InputError(fmt::format("{} is not kept by {}", asked.metric, grouping));
  classes_ = data.root().variable(grouping).rows();
  only_ = classes_of(data.root(), asked.of);
}

double AskedMetric::at(std::size_t run, std::size_t quarter) const {
  if (metric_) return (*metric_)(run, quarter);
  double sum = 0.0;
  for (std::size_t q = so_far_ ? 0 : quarter; q <= quarter; ++q)
    for (std::size_t c = 0; c < programmes_->classes; ++c) {
      if (!only_.empty() && std::ranges::find(only_, c % classes_) == only_.end()) continue;
      if (const double value = programmes_->at(run, q, c); !std::isnan(value)) sum += value;
    }
  return sum;
}

double smallest_gain_of(ResultData& data, const Asked& asked, const AskedMetric& metric) {
  if (asked.smallest_gain) return *asked.smallest_gain;
  const auto of_whole = [&](const char* whole) {
    return part * Metric(data, whole, asked.of)(0, asked.horizon);
  };
  const std::string counted =
      asked.cost() != nullptr ? std::string(asked.cost()->per) : asked.metric;
  if (counted == "adopters") return of_whole("units");
  if (counted == "adopter_inhabitants") return of_whole("inhabitants");
  if (const NamedRatio* ratio = ratio_named(counted); ratio != nullptr && ratio->unit == "1")
    return part;
  if (is_of_programmes(counted) && asked.unit == "1") {
    // these are kept by fiscal class even where sums over units are not
    if (asked.of.grouping() != "fiscal_class") return of_whole("units");
    const std::vector<std::size_t> classes = classes_of(data.root(), asked.of);
    const auto of_unit = data.root()
                             .variable("municipalities/unit_fiscal_class")
                             .along({"unit"})
                             .read<std::int8_t>();
    double units = 0.0;
    for (const std::size_t fiscal : classes)
      units += static_cast<double>(std::ranges::count(of_unit, static_cast<std::int8_t>(fiscal)));
    return part * units;
  }
  const std::vector<std::size_t>& rows = data.runs().of(data.runs().baseline());
  std::vector<double> levels;
  for (const std::size_t run : rows) levels.push_back(metric(run));
  const double mean = std::abs(summarise(levels).mean);
  return std::isnan(mean) ? 0.0 : part * mean;
}

}  // namespace rathaus::analysis
