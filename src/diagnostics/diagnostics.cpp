#include "diagnostics/diagnostics.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>

namespace rathaus {
namespace {

std::string joined(const std::vector<Diagnostic>& errors) {
  std::string text;
  for (const Diagnostic& error : errors) {
    if (!text.empty()) text += '\n';
    text += error.text();
  }
  return text;
}

/// Optimal string alignment distance: insertions, deletions, changes and swaps of neighbours.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = a[i - 1] == b[j - 1];
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last.back();
}

}  // namespace

std::string Diagnostic::text() const {
  const std::string said = message.text();
  if (place.file.empty()) return said;
  if (place.line == 0) return fmt::format("{}: {}", place.file, said);
  if (place.column == 0) return fmt::format("{}:{}: {}", place.file, place.line, said);
  return fmt::format("{}:{}:{}: {}", place.file, place.line, place.column, said);
}

InputError::InputError(std::vector<Diagnostic> errors)
    : std::runtime_error(joined(errors)), errors_(std::move(errors)) {}

InputError::InputError(Message message)
    : InputError(std::vector<Diagnostic>{{{}, std::move(message)}}) {}

InputError::InputError(std::string file, Message message)
    : InputError(std::vector<Diagnostic>{{{std::move(file)}, std::move(message)}}) {}

namespace {

/// Looks at the last ones only, so that a hundred thousand findings do not take minutes; those that
/// repeat an earlier one are dropped when all are thrown.
void tell_once(std::vector<Diagnostic>& told, Diagnostic finding) {
  constexpr std::size_t looked_at = 1000;
  const auto first = told.end() - static_cast<std::ptrdiff_t>(std::min(told.size(), looked_at));
  if (std::find(first, told.end(), finding) == told.end()) told.push_back(std::move(finding));
}

std::vector<Diagnostic> without_repetition(const std::vector<Diagnostic>& all) {
  std::set<std::tuple<std::string_view, std::size_t, std::size_t, std::string>> seen;
  std::vector<Diagnostic> once;
  for (const Diagnostic& d : all)
    if (seen.emplace(d.place.file, d.place.line, d.place.column, d.message.text()).second)
      once.push_back(d);
  return once;
}

}  // namespace

void Diagnostics::error(Place place, Message message) {
  tell_once(errors_, {std::move(place), std::move(message)});
}

void Diagnostics::warning(Place place, Message message) {
  tell_once(warnings_, {std::move(place), std::move(message)});
}

void Diagnostics::throw_if_failed() const {
  if (!failed()) return;
  std::vector<Diagnostic> sorted = without_repetition(errors_);
  std::ranges::stable_sort(sorted, {}, [](const Diagnostic& d) {
    return std::tie(d.place.file, d.place.line, d.place.column);
  });
  throw InputError(std::move(sorted));
}

std::string nearest(std::string_view word, std::span<const std::string_view> candidates) {
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    const auto [shorter, longer] = std::minmax({word.size(), candidate.size()});
    if (longer - shorter >= best_distance) continue;  // so many letters have to be put in
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return std::string(best);
}

Suggestion suggestion(std::string_view word, std::span<const std::string_view> candidates) {
  if (const std::string best = nearest(word, candidates); !best.empty())
    return {fmt::format("did you mean '{}'?", best)};
  std::vector<std::string_view> known;  // each once, in the order given
  for (const std::string_view candidate : candidates)
    if (std::ranges::find(known, candidate) == known.end()) known.push_back(candidate);
  if (known.empty()) return {};
  constexpr std::size_t readable = 48;
  if (known.size() <= readable) return {fmt::format("known: {}", fmt::join(known, ", "))};
  constexpr std::size_t few = 5;
  const std::size_t all = known.size();
  std::ranges::stable_sort(known, {}, [&](auto name) { return edit_distance(word, name); });
  known.resize(few);
  return {fmt::format("the nearest of {}: {}", all, fmt::join(known, ", "))};
}

}  // namespace rathaus
