#include "commands/comparison_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ranges>

#include "analysis/quarters.h"
#include "commands/table.h"

namespace rathaus::commands {
namespace {

using analysis::Cell;
using analysis::Comparison;
using analysis::end_of;
using analysis::Estimate;
using analysis::Horizon;
using analysis::Line;

constexpr std::size_t page_width = 120;  // columns

std::string with_interval(const Estimate& e) {
  if (std::isnan(e.low) || e.low == e.high) return rounded(e.mean);
  if (std::abs((e.high - e.mean) - (e.mean - e.low)) > 1e-9 * std::abs(e.mean) + 1e-12)
    return fmt::format("{} [{}, {}]", rounded(e.mean), rounded(e.low), rounded(e.high));
  return fmt::format("{} ± {}", rounded(e.mean), rounded(e.high - e.mean, 2));
}

/// "; 4.1 to 9.3": the band over the points, where there is one.
std::string band_text(const Estimate& e) {
  if (std::isnan(e.point_p05)) return "";
  const auto end = [](double x) { return std::isinf(x) ? "no bound" : rounded(x, 2); };
  return fmt::format("; {} to {}", end(e.point_p05), end(e.point_p95));
}

/// Notes that stand below a table, each once, in the order of their numbers.
class Footnotes {
 public:
  /// " *1" for a note, nothing without one.
  std::string mark(const std::string& note) {
    if (note.empty()) return "";
    const auto found = std::ranges::find(notes_, note);
    const auto place = found - notes_.begin();
    if (found == notes_.end()) notes_.push_back(note);
    return fmt::format(" *{}", place + 1);
  }
  std::string text() const {
    std::string text;
    for (std::size_t n = 0; n < notes_.size(); ++n)
      text += fmt::format("*{} {}\n", n + 1, notes_[n]);
    return text;
  }

 private:
  std::vector<std::string> notes_;
};

std::string cell_text(const Cell& cell, bool is_ratio, Footnotes& notes) {
  if (cell.note == analysis::no_interval || cell.note == analysis::no_gain) return cell.note;
  if (!cell.gain)
    return with_interval(cell.level) + (is_ratio ? band_text(cell.level) : "") +
           notes.mark(cell.note);
  const Estimate& gain = *cell.gain;
  return fmt::format("{} ({}{}{}){}", rounded(cell.level.mean), gain.mean > 0.0 ? "+" : "",
                     with_interval(gain), band_text(gain), notes.mark(cell.note));
}

/// The reach of classes is for spreadsheets; people see the whole of each programme, beside the
/// scenarios that run it.
bool is_shown(const Line& line, std::size_t first, std::size_t last) {
  if (line.section != "who is reached") return true;
  return line.detail.ends_with(", all") &&
         std::any_of(line.cells.begin() + static_cast<std::ptrdiff_t>(first),
                     line.cells.begin() + static_cast<std::ptrdiff_t>(last),
                     [](const Cell& cell) { return cell.level.mean != 0.0; });
}

std::string label_of(const Line& line) {
  std::string label = line.metric;
  if (!line.detail.empty()) label += ": " + line.detail;
  if (line.unit != "1") label += " [" + line.unit + "]";
  return label;
}

/// What a table of its own is about.
struct Section {
  std::string name;
  std::size_t alternative;
  friend bool operator==(const Section&, const Section&) = default;
};

std::string title_of(const Comparison& comparison, const Section& section) {
  const std::string under = comparison.theory(section.alternative);
  return "== " + section.name + (under.empty() ? "" : ", under " + under) + "\n";
}

/// "5 years after support starts: end of 2030", or the calendar quarter that was asked for.
std::string horizon_text(const Comparison& comparison, const Horizon& horizon) {
  if (comparison.since.empty()) return end_of(horizon.until);
  return fmt::format("{} after {}: {}", horizon.label,
                     comparison.since_support ? "support starts" : "the run starts",
                     end_of(horizon.until));
}

/// One table per section and block of scenarios; below each metric its horizons.
std::string section_text(const Comparison& comparison, const Section& section, std::size_t first,
                         std::size_t last) {
  Table table;
  table.head = {""};
  for (std::size_t s = first; s < last; ++s) table.head.push_back(comparison.scenarios[s]);
  table.right.assign(table.head.size(), true);
  table.right[0] = false;
  std::string previous;
  Footnotes notes;
  for (const Line& line : comparison.lines) {
    if (Section{line.section, line.alternative} != section || !is_shown(line, first, last))
      continue;
    const std::string label = label_of(line);
    if (label != previous) table.rows.push_back({label});
    std::vector<std::string> row{
        section.name == "targets"
            ? ""
            : "  " + horizon_text(comparison, comparison.horizons[line.horizon])};
    for (std::size_t s = first; s < last; ++s)
      row.push_back(cell_text(line.cells[s], line.is_ratio, notes));
    table.rows.push_back(std::move(row));
    previous = label;
  }
  if (table.rows.empty()) return "";
  return title_of(comparison, section) + table.text() + notes.text() + "\n";
}

bool fits_page(const std::string& text) {
  return std::ranges::all_of(text | std::views::split('\n'), [](auto line) {
    return width(std::string_view(line.begin(), line.end())) <= page_width;
  });
}

/// A section in blocks of as many scenarios as the page is wide.
std::string paged_text(const Comparison& comparison, const Section& section) {
  std::string text;
  const std::size_t scenarios = comparison.scenarios.size();
  for (std::size_t first = 0; first < scenarios;) {
    std::size_t last = scenarios;
    std::string block = section_text(comparison, section, first, last);
    while (last > first + 1 && !fits_page(block))
      block = section_text(comparison, section, first, --last);
    text += block;
    first = last;
  }
  return text;
}

}  // namespace

std::string comparison_table(const Comparison& comparison) {
  // one run at each point has no interval by chance: its band is chance and ignorance together
  const bool together = comparison.replicates == 1 && comparison.points > 1;
  std::string text = fmt::format(
      "{}\n{} replicate{}; baseline '{}'. Each cell: level (gain over {}, run by run{}).",
      comparison.title, comparison.replicates, comparison.replicates == 1 ? "" : "s",
      comparison.scenarios[comparison.baseline],
      comparison.with_baseline() ? "the baseline" : "'" + comparison.against_name() + "'",
      together
          ? fmt::format(";\nthen the band of 90 % of its {} points", comparison.points)
      : comparison.points > 1
          ? fmt::format(" ± half width\nof its 95 % interval by chance; then the band of 90 % of its {} "
                        "points",
                        comparison.points)
          : " ± half width\nof its 95 % interval");
  if (!comparison.since.empty())
    text += fmt::format("\n{} starts in {}.", comparison.since_support ? "Support" : "The run",
                        comparison.since);
  if (!comparison.with_baseline())
    text +=
        "\nWhat is defined by the baseline is left out: what would have happened anyway, and "
        "rebound against twins.";
  text += "\n\n";
  std::vector<Section> sections;
  for (const Line& line : comparison.lines)
    if (const Section section{line.section, line.alternative};
        std::ranges::find(sections, section) == sections.end())
      sections.push_back(section);
  for (const Section& section : sections) text += paged_text(comparison, section);
  for (const std::string& warning : comparison.warnings) text += "warning: " + warning + "\n";
  text += "All numbers are simulated under the assumptions of the experiment. ";
  if (together)
    text += "Bands hold chance and what the\npoints declare unknown.";
  else
    text += std::string("Intervals show chance only: what the\nmodel does not know is wider") +
            (comparison.points > 1 ? ", and bands hold what the points declare of it." : ".");
  if (comparison.with_baseline())
    text += "\nCounts of who would have started anyway hold under shared chance events.";
  return text + "\n";
}

}  // namespace rathaus::commands
