#include "record/support_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace rathaus::record {
namespace {

using hdf5::Group;
using hdf5::Type;
using hdf5::Variable;
using model::reach_classes;

constexpr std::size_t size_classes = model::size_class_names.size();
constexpr std::array<const char*, model::reach_names.size()> reach_meanings{
    "units that were eligible in an open quarter so far",
    "of these, units with a supported use case that is known to them",
    "units that applied, drew on an entitlement or were supported so far",
    "units with an accepted application or support so far",
    "units with an accepted application for what they would have begun on their own",
    "units with a refused application so far",
    "units that postponed a launch because a call was announced",
    "awarded units that have run a service since their first award",
    "awarded units that ran a service five years after their first award"};
constexpr std::array<const char*, 4> money_names{"refilled", "paid", "returned", "remaining"};
constexpr std::array<const char*, 4> money_meanings{
    "money put into the pot; missing where support has no price",
    "grants and payments for support; missing where support has no price",
    "money that lapsed at a refill", "money in the pot at the end of the quarter"};

std::vector<std::string> labels(const auto& names) {
  return {names.begin(), names.end()};
}

/// A dimension that may be there already, as a grouping of the root.
void need_dimension(Group& group, const char* name, const std::vector<std::string>& values) {
  if (!group.has(name)) group.dimension(name, values, "class of units");
}

double eur(model::Cents cents) {
  return static_cast<double>(cents) / 100.0;
}

/// Support without a price: neither a pot nor grants.
bool is_free(const model::Programme& programme) {
  return programme.budget.kind == model::BudgetKind::unlimited && !programme.gives_grants();
}

/// From [rows][reach_classes] to [rows][first class … last class].
template <class To, class From, class Convert>
std::vector<To> columns_of(const std::vector<From>& table, std::size_t first, std::size_t last,
                           Convert convert) {
  std::vector<To> part;
  for (std::size_t row = 0; row < table.size(); row += reach_classes)
    for (std::size_t c = first; c < last; ++c) part.push_back(convert(table[row + c]));
  return part;
}

}  // namespace

std::vector<std::string> programme_names(const study::Study& study) {
  std::vector<std::string> names;
  for (const study::Scenario& scenario : study.scenarios)
    for (const model::Programme& programme : scenario.programmes)
      if (std::ranges::find(names, programme.name) == names.end()) names.push_back(programme.name);
  return names;
}

SupportTables::SupportTables(Group root, const study::Study& study, std::uint32_t quarters)
    : names_(programme_names(study)) {
  if (names_.empty() && study.scenarios.size() == 1) return;
  need_dimension(root, "fiscal_class", labels(model::fiscal_class_names));
  if (!names_.empty()) {
    root.dimension("programme", names_, "support programme");
    Group group = root.group("programmes");
    for (std::size_t c = 0; c < model::reach_names.size(); ++c)
      for (const char* classes : {"size_class", "fiscal_class"})
        reach_.push_back(group.variable<std::int32_t>(
            std::string(model::reach_names[c]) +
                (classes == std::string_view("size_class") ? "" : "_by_fiscal_class"),
            {"run", "quarter", "programme", classes},
            {.units = "1", .long_name = reach_meanings[c]}));
    for (std::size_t m = 0; m < money_names.size(); ++m)
      money_.push_back(group.variable<double>(money_names[m], {"run", "quarter", "programme"},
                                              {.units = "EUR", .long_name = money_meanings[m]}));
  }

  const std::uint32_t start = study.rules.support_start;
  const std::vector<std::uint32_t> horizons = model::horizons(quarters, start);
  root.dimension("horizon", horizons.size(),
                 {.units = "1",
                  .long_name = "5, 10 and 20 years after support starts, or the end of the run"});
  root.dimension("stratum", labels(study::stratum_names),
                 "pair of outcomes with and without support");
  Group group = root.group("strata");
  std::vector<std::int32_t> ends;
  std::vector<double> years;
  for (const std::uint32_t horizon : horizons) {
    ends.push_back(static_cast<std::int32_t>(horizon) - 1);
    years.push_back((static_cast<double>(horizon) - start) / 4.0);
  }
  group
      .variable<std::int32_t>("horizon_quarter", {"horizon"},
                              {.units = "1", .long_name = "quarter that the horizon ends with"})
      .write(ends);
  group
      .variable<double>("horizon_years", {"horizon"},
                        {.units = "year", .long_name = "time since support starts"})
      .write(years);
  const auto define = [&](const char* name, Type type, std::vector<std::string> dimensions,
                          const char* units, const char* long_name) {
    dimensions.insert(dimensions.begin(), {"run", "horizon"});
    strata_.push_back(
        group.variable(name, type, dimensions, {.units = units, .long_name = long_name}));
  };
  define("count", Type::int32, {"stratum", "size_class"}, "1", "units");
  define("count_by_fiscal_class", Type::int32, {"stratum", "fiscal_class"}, "1", "units");
  define("amount", Type::float64, {"stratum", "size_class"}, "EUR", "support that they got");
  define("amount_by_fiscal_class", Type::float64, {"stratum", "fiscal_class"}, "EUR",
         "support that they got");
  define("funded_quarters", Type::int64, {}, "1",
         "unit-quarters with a service, of funded units since their first payment");
  define("funded_quarters_baseline", Type::int64, {}, "1",
         "the same units and quarters in the baseline");
  define("accelerated_quarters", Type::int64, {}, "1",
         "quarters by which accelerated units are earlier");
  define("quarters_gained", Type::int64, {}, "1",
         "unit-quarters with a service here and not in the baseline");
  define("quarters_lost", Type::int64, {}, "1",
         "unit-quarters with a service in the baseline and not here");
  define("concentration_index", Type::float64, {}, "1",
         "of support per head over fiscal strength; below 0 the weak get more");
  if (!names_.empty())
    define("count_by_programme", Type::int32, {"programme", "stratum"}, "1",
           "units that the programme paid");
}

void SupportTables::append(const study::Study& study, std::size_t scenario,
                           const model::Outcome& run, const study::Pairing& pairing) {
  if (!names_.empty()) append_programmes(study, scenario, run);
  if (!strata_.empty()) append_strata(study, scenario, pairing);
}

void SupportTables::append_programmes(const study::Study& study, std::size_t scenario,
                                      const model::Outcome& run) {
  const std::vector<model::Programme>& programmes = study.scenarios[scenario].programmes;
  const std::size_t counts = model::reach_names.size();
  const std::size_t quarters = run.services.empty() ? 0 : run.morans_i.size();
  std::vector<std::vector<std::int32_t>> reach(2 * counts);
  std::array<std::vector<double>, money_names.size()> money;
  for (std::size_t t = 0; t < quarters; ++t)
    for (const std::string& name : names_) {
      const auto found = std::ranges::find(programmes, name, &model::Programme::name);
      const auto k = static_cast<std::size_t>(found - programmes.begin());
      const bool runs = found != programmes.end();
      for (std::size_t c = 0; c < counts; ++c)
        for (std::size_t x = 0; x < reach_classes; ++x)
          reach[2 * c + (x >= size_classes)].push_back(
              runs ? run.reach[((t * programmes.size() + k) * counts + c) * reach_classes + x] : 0);
      const model::PotRecord pot =
          runs ? run.pots[t * programmes.size() + k] : model::PotRecord{0, 0, 0, 0};
      const bool priceless = runs && is_free(*found);
      const double missing = std::numeric_limits<double>::quiet_NaN();
      money[0].push_back(priceless ? missing : eur(pot.refilled));
      money[1].push_back(priceless ? missing : eur(pot.paid));
      money[2].push_back(eur(pot.returned));
      money[3].push_back(eur(pot.remaining));
    }
  for (std::size_t v = 0; v < reach_.size(); ++v) reach_[v].append(reach[v]);
  for (std::size_t m = 0; m < money_.size(); ++m) money_[m].append(money[m]);
}

void SupportTables::append_strata(const study::Study& study, std::size_t scenario,
                                  const study::Pairing& pairing) {
  const auto same = [](std::int32_t n) { return n; };
  strata_[0].append(columns_of<std::int32_t>(pairing.count, 0, size_classes, same));
  strata_[1].append(columns_of<std::int32_t>(pairing.count, size_classes, reach_classes, same));
  strata_[2].append(columns_of<double>(pairing.amount, 0, size_classes, eur));
  strata_[3].append(columns_of<double>(pairing.amount, size_classes, reach_classes, eur));
  strata_[4].append(pairing.funded_quarters);
  strata_[5].append(pairing.funded_quarters_baseline);
  strata_[6].append(pairing.accelerated_quarters);
  strata_[7].append(pairing.quarters_gained);
  strata_[8].append(pairing.quarters_lost);
  strata_[9].append(pairing.concentration_index);
  if (names_.empty()) return;
  const std::vector<model::Programme>& programmes = study.scenarios[scenario].programmes;
  const std::size_t strata = study::stratum_names.size();
  std::vector<std::int32_t> by_programme;
  for (std::size_t h = 0; h < pairing.funded_quarters.size(); ++h)
    for (const std::string& name : names_) {
      const auto found = std::ranges::find(programmes, name, &model::Programme::name);
      const auto k = static_cast<std::size_t>(found - programmes.begin());
      for (std::size_t s = 0; s < strata; ++s)
        by_programme.push_back(
            found == programmes.end()
                ? 0
                : pairing.by_programme[(h * programmes.size() + k) * strata + s]);
    }
  strata_[10].append(by_programme);
}

}  // namespace rathaus::record
