// Support programmes as rows of data: what they act on, when, for whom, with which money
// [ODD section 7.23].
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/money.h"
#include "model/municipalities.h"
#include "model/ports.h"
#include "rules/support.h"

namespace rathaus::model {

inline constexpr std::size_t max_programmes = 32;
inline constexpr std::uint8_t no_programme = 255;

/// Classes of units, frozen at the start of the run, that a table of gains or shares refers to.
enum class ClassKind : std::uint8_t { all, size, fiscal };

/// One number for all units, or one per size class or fiscal class.
struct ByClass {
  ClassKind kind = ClassKind::all;
  std::array<double, size_class_names.size()> value{};  //!< [class]; all: value[0]
};

/// What a unit may be to earn a bonus on the rate: member of a cooperation, or of a class.
inline constexpr auto bonus_names = [] {
  std::array<std::string_view, 1 + size_class_names.size() + fiscal_class_names.size()> names{
      "coop"};
  std::size_t n = 1;
  for (const std::string_view name : size_class_names) names[n++] = name;
  for (const std::string_view name : fiscal_class_names) names[n++] = name;
  return names;
}();

/// Shares on top of that of a grant, in the order of `bonus_names`; what is not given is 0. A unit
/// earns all that it meets [eq. 75].
struct Bonus {
  std::array<std::optional<double>, bonus_names.size()> given;

  double of(bool member, std::size_t size_class, std::size_t fiscal_class) const {
    double sum = member ? given[0].value_or(0.0) : 0.0;
    sum += given[1 + size_class].value_or(0.0);
    sum += given[1 + size_class_names.size() + fiscal_class].value_or(0.0);
    return sum;
  }
};

/// When calls are open; quarters of the run, counted from 0.
struct Window {
  std::int32_t first = 0;
  std::int32_t length = 1;     //!< [quarter]
  std::int32_t every = 0;      //!< [quarter], at least `length`; 0: one window only
  std::int32_t last = 0;       //!< no window starts later
  std::int32_t announced = 0;  //!< lead [quarter]

  /// A window opens in quarter t.
  bool opens(std::int32_t t) const { return rules::window_opens(t, first, every, last); }
  bool contains(std::int32_t t) const {
    if (t < first) return false;
    const std::int32_t n = every > 0 ? std::min(t - first, last - first) / every : 0;
    return t < first + n * every + length;
  }
  /// The first quarter after the last window.
  std::int32_t end() const {
    return first + (every > 0 ? (last - first) / every * every : 0) + length;
  }
  /// The quarter in which the window that holds quarter t opened.
  std::int32_t opening_of(std::int32_t t) const {
    return first + (every > 0 ? std::min(t - first, last - first) / every * every : 0);
  }
};

enum class BudgetKind : std::uint8_t { unlimited, per_year, total };
struct Budget {
  BudgetKind kind = BudgetKind::unlimited;
  Cents amount = 0;
  bool carry_over = false;  //!< what is left at a refill stays in the pot
};

/// Who may apply or is supported; what is not stated admits all.
struct Eligibility {
  std::optional<std::int64_t> population_below, population_at_least;  //!< [inhabitant]
  std::optional<double> fiscal_below;                                 //!< f
  std::vector<FiscalClass> fiscal_class;
  std::vector<std::string> land, region;
  std::vector<std::uint8_t> use_cases;  //!< admitted to grants and looked at by demand_only
  bool coop_only = false;
  bool demand_only = false;
};

enum class AwardRule : std::uint8_t { fcfs, merit, lottery, need, quota, formula };
inline constexpr std::array<std::string_view, 6> award_rule_names{"fcfs", "merit", "lottery",
                                                                  "need", "quota", "formula"};

/// The study's eight fields of action.
inline constexpr std::array<std::string_view, 8> action_field_names{
    "knowledge", "agenda",     "strategies",  "competences",
    "readiness", "incentives", "sovereignty", "learning"};

/// What the award of a grant says of projects that began before it.
inline constexpr std::array<std::string_view, 2> early_start_words{"excluded", "allowed"};

/// What running the programme costs its funder, beside what it pays: the model knows no such cost
/// of itself, and nobody in it reacts to it [eq. 77].
struct FunderCost {
  Cents per_year = 0, per_application = 0, per_award = 0;
};

struct Programme {
  std::string name;
  std::uint8_t field = 0;  //!< index into action_field_names
  std::array<ByClass, port_names.size()> ports{};
  Window window;
  std::optional<double> wait;  //!< in place of wait_share, while this call is announced [1]
  bool early_start = false;    //!< a pilot begun since the announcement may apply while it runs
  Budget budget;
  Bonus bonus;
  std::optional<Cents> cap_per_award;
  std::optional<Cents> least_award;  //!< what a smaller grant is not paid for
  /// Whoever was never awarded by the programme of this name is not eligible; "": all are. The key
  /// is `requires`, a word of C++.
  std::string required;
  Eligibility eligible;
  double application_days = 0.0;  //!< [day]
  std::optional<AwardRule> award;
  ByClass reserve;                     //!< quota: shares of the pot; kind is never `all`
  bool joint = false;                  //!< members of a cooperation apply together
  std::optional<std::uint32_t> sites;  //!< number of units that are living labs
  double open_min = 0.0;               //!< least openness of the vendor of a supported project [1]
  std::optional<FunderCost> funder_cost;  //!< not given: not known
  std::optional<double> unit_cost;        //!< of a supported unit, at ψ = 1 [EUR/quarter]

  const ByClass& operator[](Port port) const { return ports[static_cast<std::size_t>(port)]; }
  ByClass& operator[](Port port) { return ports[static_cast<std::size_t>(port)]; }

  bool has(Port port) const;
  bool gives_grants() const { return has(Port::grant_pilot) || has(Port::grant_scale); }
  /// Pays for each unit that it supports.
  bool is_stock() const { return !gives_grants() && budget.kind != BudgetKind::unlimited; }
};

/// What is wrong with a row, for whoever reads it: empty if nothing is. The key is the path below
/// the programme, such as "award.rule".
struct ProgrammeFault {
  std::string key, message;
};
std::vector<ProgrammeFault> faults_of(const Programme& programme, std::int32_t quarters);

}  // namespace rathaus::model
