#include "model/programme_numbers.h"

#include <cmath>
#include <utility>
#include <vector>

namespace rathaus::model {
namespace {

constexpr double most_money = 1e15;  // EUR
constexpr double most_days = 1e6;
constexpr double most_unit_cost = 1e9;  // EUR/quarter
constexpr double longest_window = 240;  // quarters, as long as a run may be
constexpr double most_units = 1e9;

double euros(Cents amount) {
  return static_cast<double>(amount) / 100.0;
}

template <class Number>
Number whole(double value) {
  return static_cast<Number>(std::llround(value));
}

/// An amount that a programme need not have.
template <std::optional<Cents> Programme::* member>
ProgrammeNumber amount(std::string key, std::string_view meaning) {
  return {.key = std::move(key),
          .unit = "EUR",
          .meaning = meaning,
          .lowest = 0.0,
          .highest = most_money,
          .of = [](const Programme& p) -> std::optional<double> {
            return p.*member ? std::optional(euros(*(p.*member))) : std::nullopt;
          },
          .set = [](double value, Programme& p) { p.*member = cents(value); }};
}

template <BudgetKind kind>
ProgrammeNumber pot(std::string key, std::string_view meaning) {
  return {.key = std::move(key),
          .unit = "EUR",
          .meaning = meaning,
          .lowest = 0.0,
          .highest = most_money,
          .of = [](const Programme& p) -> std::optional<double> {
            return p.budget.kind == kind ? std::optional(euros(p.budget.amount)) : std::nullopt;
          },
          .set = [](double value, Programme& p) { p.budget.amount = cents(value); }};
}

template <Cents FunderCost::* member>
ProgrammeNumber administration(std::string key, std::string_view meaning) {
  return {.key = std::move(key),
          .unit = "EUR",
          .meaning = meaning,
          .lowest = 0.0,
          .highest = most_money,
          .of = [](const Programme& p) -> std::optional<double> {
            return p.funder_cost ? std::optional(euros(*p.funder_cost.*member)) : std::nullopt;
          },
          .set = [](double value, Programme& p) { *p.funder_cost.*member = cents(value); }};
}

template <std::int32_t Window::* member>
ProgrammeNumber quarters(std::string key, std::string_view meaning) {
  return {.key = std::move(key),
          .unit = "quarter",
          .meaning = meaning,
          .lowest = 0.0,
          .highest = longest_window,
          .whole = true,
          .of = [](const Programme& p) { return std::optional<double>(p.window.*member); },
          .set = [](double value,
                    Programme& p) { p.window.*member = whole<std::int32_t>(value); }};
}

template <std::size_t bonus>
ProgrammeNumber bonus_number() {
  return {.key = "bonus." + std::string(bonus_names[bonus]),
          .unit = "1",
          .meaning = "bonus on top of the rate of a grant",
          .lowest = 0.0,
          .highest = 1.0,
          .of = [](const Programme& p) { return p.bonus.given[bonus]; },
          .set = [](double value, Programme& p) { p.bonus.given[bonus] = value; }};
}

std::vector<ProgrammeNumber> make_numbers() {
  using P = Programme;
  std::vector<ProgrammeNumber> numbers{
      quarters<&Window::length>("window.length", "how long a call is open"),
      quarters<&Window::every>("window.every", "from one call to the next"),
      quarters<&Window::announced>("window.announced", "how long before it opens a call is known"),
      {.key = "wait",
       .unit = "1",
       .meaning = "share of own launches that wait for an announced call",
       .lowest = 0.0,
       .highest = 1.0,
       .of = [](const P& p) { return p.wait; },
       .set = [](double value, P& p) { p.wait = value; }},
      pot<BudgetKind::per_year>("budget.per_year", "put into the pot each year"),
      pot<BudgetKind::total>("budget.total", "put into the pot once"),
      amount<&P::cap_per_award>("cap_per_award", "the most that one application can get"),
      amount<&P::least_award>("least_award", "a smaller grant is not paid"),
      {.key = "effort.application_days",
       .unit = "day",
       .meaning = "work on one application",
       .lowest = 0.0,
       .highest = most_days,
       .of = [](const P& p) -> std::optional<double> {
         return p.gives_grants() ? std::optional(p.application_days) : std::nullopt;
       },
       .set = [](double value, P& p) { p.application_days = value; }},
      {.key = "sites",
       .unit = "unit",
       .meaning = "units that are living labs",
       .lowest = 1.0,
       .highest = most_units,
       .whole = true,
       .of = [](const P& p) -> std::optional<double> {
         return p.sites ? std::optional<double>(*p.sites) : std::nullopt;
       },
       .set = [](double value, P& p) { p.sites = whole<std::uint32_t>(value); }},
      {.key = "open_min",
       .unit = "1",
       .meaning = "least openness of the vendor of a supported project",
       .lowest = 0.0,
       .highest = 1.0,
       .of = [](const P& p) { return std::optional(p.open_min); },
       .set = [](double value, P& p) { p.open_min = value; }},
      administration<&FunderCost::per_year>("funder_cost.per_year",
                                            "what running it costs the funder a year"),
      administration<&FunderCost::per_application>("funder_cost.per_application",
                                                   "what an application costs the funder"),
      administration<&FunderCost::per_award>("funder_cost.per_award",
                                             "what an award costs the funder"),
      {.key = "unit_cost",
       .unit = "EUR/quarter",
       .meaning = "cost of a supported unit",
       .lowest = 0.0,
       .highest = most_unit_cost,
       .of = [](const P& p) { return p.unit_cost; },
       .set = [](double value, P& p) { p.unit_cost = value; }},
  };
  [&]<std::size_t... bonus>(std::index_sequence<bonus...>) {
    (numbers.push_back(bonus_number<bonus>()), ...);
  }(std::make_index_sequence<bonus_names.size()>());
  return numbers;
}

}  // namespace

std::span<const ProgrammeNumber> programme_numbers() {
  static const std::vector<ProgrammeNumber> numbers = make_numbers();
  return numbers;
}

}  // namespace rathaus::model
