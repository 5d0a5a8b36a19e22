// The shape of a path over the quarters of a run.
#pragma once

#include <optional>
#include <span>

namespace rathaus::patterns {

/// Index of the first value that is at least `level`; nothing if none is.
std::optional<std::size_t> first_at(std::span<const double> path, double level);

/// Index of the first value that is at least first + level · (last − first); nothing unless the
/// path rises from its first to its last value.
std::optional<std::size_t> rise_at(std::span<const double> path, double level);

/// 1 − SSE/SST of the closest Bass curve m (1 − e^{−(p+q)t}) / (1 + q/p e^{−(p+q)t}), t = 1, 2, …
/// (Bass 1969), with p and q a quarter and the ceiling m free. NaN if the path is constant.
double bass_fit(std::span<const double> path);

/// How far the yearly increments of a path rise to one peak and then fall: the share of their
/// moves, by size, that go that way. 1: exactly one inflection. 0 if the peak is the first or the
/// last year: no inflection within the path. NaN below three whole years or if nothing moves.
double single_inflection(std::span<const double> path);

}  // namespace rathaus::patterns
