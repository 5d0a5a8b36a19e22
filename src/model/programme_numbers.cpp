#include "model/programme_numbers.h"

#include <cmath>
#include <utility>
#include <vector>

namespace rathaus::model {
namespace {

using Of = decltype(ProgrammeNumber::of);
using Set = decltype(ProgrammeNumber::set);
using Given = std::optional<double>;

ProgrammeNumber share(std::string key, std::string_view meaning, Of of, Set set) {
  return {std::move(key), "1", meaning, 0.0, 1.0, false, of, set};
}

ProgrammeNumber money(std::string key, std::string_view meaning, Of of, Set set) {
  return {std::move(key), "EUR", meaning, 0.0, most_money, false, of, set};
}

double euros(Cents amount) {
  return static_cast<double>(amount) / 100.0;
}

/// An amount that a programme need not have.
template <std::optional<Cents> Programme::*amount>
ProgrammeNumber money(std::string key, std::string_view meaning) {
  return money(
      std::move(key), meaning,
      [](const Programme& p) { return p.*amount ? Given(euros(*(p.*amount))) : std::nullopt; },
      [](double value, Programme& p) { p.*amount = cents(value); });
}

template <BudgetKind kind>
ProgrammeNumber pot(std::string key, std::string_view meaning) {
  return money(
      std::move(key), meaning,
      [](const Programme& p) {
        return p.budget.kind == kind ? Given(euros(p.budget.amount)) : std::nullopt;
      },
      [](double value, Programme& p) { p.budget.amount = cents(value); });
}

template <Cents FunderCost::*amount>
ProgrammeNumber administration(std::string key, std::string_view meaning) {
  return money(
      std::move(key), meaning,
      [](const Programme& p) {
        return p.funder_cost ? Given(euros(*p.funder_cost.*amount)) : std::nullopt;
      },
      [](double value, Programme& p) { *p.funder_cost.*amount = cents(value); });
}

template <std::int32_t Window::*member>
ProgrammeNumber quarters(std::string key, std::string_view meaning) {
  return {std::move(key),
          "quarter",
          meaning,
          0.0,
          static_cast<double>(longest_window),
          true,
          [](const Programme& p) { return Given(p.window.*member); },
          [](double value, Programme& p) {
            p.window.*member = static_cast<std::int32_t>(std::llround(value));
          }};
}

template <std::size_t b>
ProgrammeNumber bonus() {
  return share(
      "bonus." + std::string(bonus_names[b]), "bonus on top of the rate of a grant",
      [](const Programme& p) { return p.bonus.given[b]; },
      [](double value, Programme& p) { p.bonus.given[b] = value; });
}

std::vector<ProgrammeNumber> make_numbers() {
  using P = Programme;
  std::vector<ProgrammeNumber> numbers{
      quarters<&Window::length>("window.length", "how long a call is open"),
      quarters<&Window::every>("window.every", "from one call to the next"),
      quarters<&Window::announced>("window.announced", "how long before it opens a call is known"),
      share(
          "wait", "share of own launches that wait for an announced call",
          [](const P& p) { return p.wait; }, [](double value, P& p) { p.wait = value; }),
      pot<BudgetKind::per_year>("budget.per_year", "put into the pot each year"),
      pot<BudgetKind::total>("budget.total", "put into the pot once"),
      money<&P::cap_per_award>("cap_per_award", "the most that one application can get"),
      money<&P::least_award>("least_award", "a smaller grant is not paid"),
      {"effort.application_days", "day", "work on one application", 0.0, most_application_days,
       false,
       [](const P& p) { return p.gives_grants() ? Given(p.application_days) : std::nullopt; },
       [](double value, P& p) { p.application_days = value; }},
      {"sites", "unit", "units that are living labs", 1.0, static_cast<double>(most_sites), true,
       [](const P& p) { return p.sites ? Given(*p.sites) : std::nullopt; },
       [](double value, P& p) { p.sites = static_cast<std::uint32_t>(std::llround(value)); }},
      share(
          "open_min", "least openness of the vendor of a supported project",
          [](const P& p) { return Given(p.open_min); },
          [](double value, P& p) { p.open_min = value; }),
      administration<&FunderCost::per_year>("funder_cost.per_year",
                                            "what running it costs the funder a year"),
      administration<&FunderCost::per_application>("funder_cost.per_application",
                                                   "what an application costs the funder"),
      administration<&FunderCost::per_award>("funder_cost.per_award",
                                             "what an award costs the funder"),
      {"unit_cost", "EUR/quarter", "cost of a supported unit", 0.0, most_money, false,
       [](const P& p) { return p.unit_cost; }, [](double value, P& p) { p.unit_cost = value; }},
  };
  [&]<std::size_t... b>(std::index_sequence<b...>) {
    (numbers.push_back(bonus<b>()), ...);
  }
  (std::make_index_sequence<bonus_names.size()>());
  return numbers;
}

}  // namespace

std::span<const ProgrammeNumber> programme_numbers() {
  static const std::vector<ProgrammeNumber> numbers = make_numbers();
  return numbers;
}

}  // namespace rathaus::model
