// A Saltelli sample that another tool made: which of its rows are A, which B, which A with one column of B.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rathaus::analysis {

struct SaltelliSample {
  std::size_t base = 0;           //!< rows of A
  std::vector<std::size_t> rows;  //!< those of A, of B, of A with column 1 of B, …, `base` each
};

/// Recognised from the values alone, in the orders that tools use: in blocks (A, B, AB₁ … ABₖ; R's
/// sensitivity, OpenTURNS, this program) or point by point (A, AB₁ … ABₖ, B; SALib), each also with B
/// with one column of A, which is passed over (Saltelli 2002).
struct SaltelliAnswer {
  std::optional<SaltelliSample> sample;
  std::string why;  //!< it is none
};
SaltelliAnswer saltelli_sample(std::span<const double> values, std::span<const std::string> numbers);

}  // namespace rathaus::analysis
