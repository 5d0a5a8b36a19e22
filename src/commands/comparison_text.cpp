#include "commands/comparison_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <ranges>

#include "commands/table.h"
#include "lanes/elementary.h"

namespace rathaus::commands {
namespace {

using analysis::Cell;
using analysis::Comparison;
using analysis::Estimate;
using analysis::Horizon;
using analysis::Line;

constexpr std::size_t page_width = 120;  // columns

/// Rounded to significant digits, never in scientific notation.
std::string number(double x, int significant = 3) {
  if (std::isnan(x)) return "-";
  const double size = std::abs(x);
  const int whole = size > 0.0 ? static_cast<int>(std::floor(elementary::log10(size))) + 1 : 1;
  std::string text = fmt::format("{:.{}f}", x, std::clamp(significant - whole, 0, 4));
  if (text.find_first_not_of("-0.") == std::string::npos) return "0";
  return text;
}

std::string with_interval(const Estimate& e) {
  if (std::isnan(e.low) || e.low == e.high) return number(e.mean);
  if (std::abs((e.high - e.mean) - (e.mean - e.low)) > 1e-9 * std::abs(e.mean) + 1e-12)
    return fmt::format("{} [{}, {}]", number(e.mean), number(e.low), number(e.high));
  return fmt::format("{} ± {}", number(e.mean), number(e.high - e.mean, 2));
}

std::string cell_text(const Cell& cell) {
  if (cell.note == analysis::no_interval || cell.note == analysis::no_gain) return cell.note;
  const char* star = cell.note.empty() ? "" : " *";
  if (!cell.gain) return with_interval(cell.level) + star;
  const Estimate& gain = *cell.gain;
  const std::string points =
      std::isnan(gain.point_p05)
          ? ""
          : fmt::format("; {} to {}", number(gain.point_p05, 2), number(gain.point_p95, 2));
  return fmt::format("{} ({}{}{}){}", number(cell.level.mean), gain.mean > 0.0 ? "+" : "",
                     with_interval(gain), points, star);
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

/// One table per section and block of scenarios; below each metric its horizons.
std::string section_text(const Comparison& comparison, const Section& section, std::size_t first,
                         std::size_t last) {
  Table table;
  table.head = {""};
  for (std::size_t s = first; s < last; ++s) table.head.push_back(comparison.scenarios[s]);
  table.right.assign(table.head.size(), true);
  table.right[0] = false;
  std::string previous;
  for (const Line& line : comparison.lines) {
    if (Section{line.section, line.alternative} != section || !is_shown(line, first, last))
      continue;
    const std::string label = label_of(line);
    if (label != previous) table.rows.push_back({label});
    std::vector<std::string> row{
        section.name == "targets" ? "" : "  " + comparison.horizons[line.horizon].label};
    for (std::size_t s = first; s < last; ++s) row.push_back(cell_text(line.cells[s]));
    table.rows.push_back(std::move(row));
    previous = label;
  }
  return table.rows.empty() ? "" : title_of(comparison, section) + table.text() + "\n";
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
  std::string text = fmt::format(
      "{}\n{} replicates; baseline '{}'. Each cell: level (gain over {}, run by run ± half "
      "width\nof its 95 % interval{}).",
      comparison.title, comparison.replicates, comparison.scenarios[comparison.baseline],
      comparison.with_baseline() ? "the baseline" : "'" + comparison.against_name() + "'",
      comparison.points > 1
          ? fmt::format(" by chance; then the band of 90 % of the means of its {} points",
                        comparison.points)
          : "");
  if (!comparison.since.empty())
    text +=
        fmt::format(" Years count from {}, so that they end with {}.", comparison.since,
                    fmt::join(comparison.horizons | std::views::transform(&Horizon::until), ", "));
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
  text +=
      "All numbers are simulated under the assumptions of the experiment. Intervals show chance "
      "only: what the\nmodel does not know is wider.";
  if (comparison.with_baseline())
    text += " Counts of who would have started anyway hold under shared chance events.";
  return text + "\n* see the note in --format csv\n";
}

}  // namespace rathaus::commands
