#include "commands/comparison_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ranges>

#include "commands/table.h"

namespace rathaus::commands {
namespace {

using analysis::Cell;
using analysis::Comparison;
using analysis::Estimate;
using analysis::Horizon;
using analysis::Line;

constexpr std::size_t page_width = 120;  // columns

/// The tables of one comparison in one language.
class Tables {
 public:
  Tables(const Comparison& comparison, const Words& say, const Labels& labels)
      : comparison_(comparison), say_(say), labels_(labels) {}

  std::string head() const;
  std::string all() const;
  std::string foot() const;

 private:
  /// What a table of its own is about.
  struct Section {
    std::string name;
    std::size_t alternative;
    friend bool operator==(const Section&, const Section&) = default;
  };
  class Footnotes;

  /// One run at each point has no interval by chance: its band is chance and ignorance together.
  bool together() const { return comparison_.replicates == 1 && comparison_.points > 1; }
  std::string number(double x, int digits = 3) const { return say_.digits(rounded(x, digits)); }
  const std::string& scenario(std::size_t s) const {
    return labels_.scenario(comparison_.scenarios[s]);
  }
  std::string with_interval(const Estimate& e) const;
  std::string band_text(const Estimate& e) const;
  std::string cell_text(const Cell& cell, bool is_ratio, Footnotes& notes) const;
  std::string label_of(const Line& line) const;
  std::string title_of(const Section& section) const;
  std::string horizon_text(const Horizon& horizon) const;
  std::string section_text(const Section& section, std::size_t first, std::size_t last) const;
  std::string paged_text(const Section& section) const;

  const Comparison& comparison_;
  const Words& say_;
  const Labels& labels_;
};

std::string Tables::with_interval(const Estimate& e) const {
  if (std::isnan(e.low) || e.low == e.high) return number(e.mean);
  if (std::abs((e.high - e.mean) - (e.mean - e.low)) > 1e-9 * std::abs(e.mean) + 1e-12)
    return fmt::format("{} [{}{} {}]", number(e.mean), number(e.low), say_.german() ? ";" : ",",
                       number(e.high));
  return fmt::format("{} ± {}", number(e.mean), number(e.high - e.mean, 2));
}

/// "; 4.1 to 9.3": the band over the points, where there is one.
std::string Tables::band_text(const Estimate& e) const {
  if (std::isnan(e.point_p05)) return "";
  const auto end = [&](double x) { return std::isinf(x) ? say_("c_no_bound") : number(x, 2); };
  return say_("f_band", fmt::arg("low", end(e.point_p05)), fmt::arg("high", end(e.point_p95)));
}

/// Notes that stand below a table, each once, in the order of their numbers.
class Tables::Footnotes {
 public:
  /// " *1" for a note, nothing without one.
  std::string mark(const std::string& note) {
    if (note.empty()) return "";
    const auto found = std::ranges::find(notes_, note);
    const auto place = found - notes_.begin();
    if (found == notes_.end()) notes_.push_back(note);
    return fmt::format(" *{}", place + 1);
  }
  std::string text(const Words& say) const {
    std::string text;
    for (std::size_t n = 0; n < notes_.size(); ++n)
      text += fmt::format("*{} {}\n", n + 1, say.called(notes_[n]));
    return text;
  }

 private:
  std::vector<std::string> notes_;
};

std::string Tables::cell_text(const Cell& cell, bool is_ratio, Footnotes& notes) const {
  if (cell.note == analysis::no_interval || cell.note == analysis::no_gain)
    return say_.called(cell.note);
  if (!cell.gain)
    return with_interval(cell.level) + (is_ratio ? band_text(cell.level) : "") +
           notes.mark(cell.note);
  const Estimate& gain = *cell.gain;
  return fmt::format("{} ({}{}{}){}", number(cell.level.mean), gain.mean > 0.0 ? "+" : "",
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

/// "know of it: advice, all [1]": the metric, the programme and class, the unit.
std::string Tables::label_of(const Line& line) const {
  std::string label = say_.called(line.metric);
  if (!line.detail.empty()) {
    const std::size_t comma = line.detail.rfind(", ");
    label +=
        ": " + (comma == std::string::npos ? say_.called(labels_.programme(line.detail))
                                           : labels_.programme(line.detail.substr(0, comma)) +
                                                 ", " + say_.called(line.detail.substr(comma + 2)));
  }
  if (line.unit != "1") label += " [" + say_.called(line.unit) + "]";
  return label;
}

std::string Tables::title_of(const Section& section) const {
  const std::string theory = comparison_.theory(section.alternative);
  return "== " + say_.called(section.name) +
         (theory.empty() ? "" : say_("f_under", fmt::arg("theory", theory))) + "\n";
}

/// "5 years after support starts: end of 2030", or the calendar quarter that was asked for.
std::string Tables::horizon_text(const Horizon& horizon) const {
  const std::string end = say_.end_of(horizon.until);
  if (comparison_.since.empty()) return end;
  return say_(comparison_.since_support ? "f_after_support" : "f_after_start",
              fmt::arg("years", say_.digits(fmt::format("{}", horizon.years))),
              fmt::arg("end", end));
}

/// One table per section and block of scenarios; below each metric its horizons.
std::string Tables::section_text(const Section& section, std::size_t first,
                                 std::size_t last) const {
  Table table;
  table.head = {""};
  for (std::size_t s = first; s < last; ++s) table.head.push_back(scenario(s));
  table.right.assign(table.head.size(), true);
  table.right[0] = false;
  std::string previous;
  Footnotes notes;
  for (const Line& line : comparison_.lines) {
    if (Section{line.section, line.alternative} != section || !is_shown(line, first, last))
      continue;
    const std::string label = label_of(line);
    if (label != previous) table.rows.push_back({label});
    std::vector<std::string> row{
        section.name == "targets" ? "" : "  " + horizon_text(comparison_.horizons[line.horizon])};
    for (std::size_t s = first; s < last; ++s)
      row.push_back(cell_text(line.cells[s], line.is_ratio, notes));
    table.rows.push_back(std::move(row));
    previous = label;
  }
  if (table.rows.empty()) return "";
  return title_of(section) + table.text() + notes.text(say_) + "\n";
}

bool fits_page(const std::string& text) {
  return std::ranges::all_of(text | std::views::split('\n'), [](auto line) {
    return width(std::string_view(line.begin(), line.end())) <= page_width;
  });
}

/// A section in blocks of as many scenarios as the page is wide.
std::string Tables::paged_text(const Section& section) const {
  std::string text;
  const std::size_t scenarios = comparison_.scenarios.size();
  for (std::size_t first = 0; first < scenarios;) {
    std::size_t last = scenarios;
    std::string block = section_text(section, first, last);
    while (last > first + 1 && !fits_page(block)) block = section_text(section, first, --last);
    text += block;
    first = last;
  }
  return text;
}

std::string Tables::head() const {
  const char* cell = together()               ? "f_cell_points"
                     : comparison_.points > 1 ? "f_cell_both"
                                              : "f_cell_chance";
  std::string text =
      labels_.title(comparison_.title) + "\n" +
      say_(comparison_.replicates == 1 ? "f_head_one" : "f_head",
           fmt::arg("n", comparison_.replicates),
           fmt::arg("baseline", scenario(comparison_.baseline)),
           fmt::arg("over", comparison_.with_baseline()
                                ? say_("f_over_baseline")
                                : say_("f_over", fmt::arg("name", scenario(comparison_.against)))),
           fmt::arg("ranges", say_(cell, fmt::arg("points", comparison_.points))));
  if (!comparison_.since.empty())
    text += "\n" + say_(comparison_.since_support ? "f_support_starts" : "f_run_starts",
                        fmt::arg("quarter", comparison_.since));
  if (!comparison_.with_baseline()) text += "\n" + say_("f_left_out");
  return text + "\n\n";
}

std::string Tables::all() const {
  std::vector<Section> sections;
  for (const Line& line : comparison_.lines)
    if (const Section section{line.section, line.alternative};
        std::ranges::find(sections, section) == sections.end())
      sections.push_back(section);
  std::string text;
  for (const Section& section : sections) text += paged_text(section);
  return text;
}

std::string Tables::foot() const {
  std::string text;
  for (const std::string& warning : comparison_.warnings)
    text += say_("c_warning", fmt::arg("text", say_.said(warning))) + "\n";
  text += say_(together()               ? "f_foot_points"
               : comparison_.points > 1 ? "f_foot_both"
                                        : "f_foot_chance");
  if (comparison_.with_baseline()) text += "\n" + say_("f_anyway");
  return text + "\n";
}

}  // namespace

std::string comparison_table(const Comparison& comparison, const Words& say, const Labels& labels) {
  const Tables tables(comparison, say, labels);
  return tables.head() + tables.all() + tables.foot();
}

}  // namespace rathaus::commands
