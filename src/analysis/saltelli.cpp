#include "analysis/saltelli.h"

#include <fmt/format.h>

namespace rathaus::analysis {
namespace {

/// One of the orders of rows; members of a point are A, B, AB₁ … ABₖ, BA₁ … BAₖ.
struct Order {
  bool blocks, second;
  std::size_t numbers, base;

  std::size_t members() const { return second ? 2 * numbers + 2 : numbers + 2; }
  std::size_t row(std::size_t point, std::size_t member) const {
    if (blocks) return member * base + point;
    const std::size_t place = member == 0 ? 0 : member == 1 ? members() - 1 : member - 1;
    return point * members() + place;
  }
};

/// Empty if the values are in that order; else where they first are not.
std::string mismatch(const Order& order, std::span<const double> values,
                     std::span<const std::string> numbers) {
  const std::size_t k = numbers.size();
  for (std::size_t point = 0; point < order.base; ++point)
    for (std::size_t member = 2; member < order.members(); ++member) {
      const bool from_b = member >= k + 2;  // B with one column of A
      const std::size_t moved = (member - 2) % k;
      const std::size_t here = order.row(point, member), like = order.row(point, from_b ? 1 : 0),
                        other = order.row(point, from_b ? 0 : 1);
      for (std::size_t i = 0; i < k; ++i)
        if (values[here * k + i] != values[(i == moved ? other : like) * k + i])
          return fmt::format("row {} is not row {} with {} of row {}", here + 1, like + 1,
                             numbers[moved], other + 1);
    }
  for (std::size_t i = 0; i < k; ++i) {
    bool moves = false;
    for (std::size_t point = 0; point < order.base && !moves; ++point)
      moves = values[order.row(point, 0) * k + i] != values[order.row(point, 1) * k + i];
    if (!moves) return fmt::format("{} is the same in A and B", numbers[i]);
  }
  return "";
}

}  // namespace

SaltelliAnswer saltelli_sample(std::span<const double> values,
                               std::span<const std::string> numbers) {
  const std::size_t k = numbers.size(), rows = values.size() / k;
  std::string why;
  for (const bool second : {false, true})
    for (const bool blocks : {true, false}) {
      Order order{blocks, second, k, 0};
      if (rows % order.members() != 0 || rows / order.members() < 2) continue;
      order.base = rows / order.members();
      const std::string problem = mismatch(order, values, numbers);
      if (problem.empty()) {
        SaltelliSample sample{order.base, {}};
        for (std::size_t member = 0; member < k + 2; ++member)
          for (std::size_t point = 0; point < order.base; ++point)
            sample.rows.push_back(order.row(point, member));
        return {std::move(sample), ""};
      }
      why += fmt::format("{}{}: {}", why.empty() ? "" : "; ",
                         blocks ? "taken in blocks" : "taken point by point", problem);
    }
  if (why.empty())
    why = fmt::format("{} rows are not N ({} + 2) or N (2 x {} + 2) with N of 2 at least", rows, k, k);
  return {std::nullopt, why};
}

}  // namespace rathaus::analysis
