#include "commands/overview_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/quarters.h"
#include "commands/table.h"

namespace rathaus::commands {
namespace {

/// "mean ± half width", of a single run the number alone; over points "median (2nd to 47th)", with
/// as many digits as that leaves.
std::string estimate(const analysis::Overview& view, const analysis::Figure& figure, double factor,
                     int digits) {
  const analysis::Summary& s = figure.runs;
  if (s.count == 0) return "-";
  if (view.points > 1) {
    const auto number = [&](double x) {
      return fmt::format("{:.{}f}", x * factor, digits == 1 ? 0 : digits);
    };
    return fmt::format("{} ({} to {})", number(figure.points.middle), number(figure.points.low),
                       number(figure.points.high));
  }
  if (std::isnan(s.half_width_95)) return fmt::format("{:.{}f}", s.mean * factor, digits);
  return fmt::format("{:.{}f} ± {:.{}f}", s.mean * factor, digits, s.half_width_95 * factor,
                     digits);
}

std::string runs_text(const analysis::Overview& view) {
  if (view.points > 1) {
    const std::size_t theories = view.theories.size(), points = view.points * theories,
                      rank = analysis::rank_of_range(points);
    std::string what = view.replicates == 1 ? "chance and ignorance together" : "ignorance";
    if (theories > 1) what += fmt::format(", {} theories", theories);
    return fmt::format(
        "{}{} points of what is not known, {} run{} each;\nmedian, and from the {} to the "
        "{} of {} points: {}",
        theories > 1 ? fmt::format("{} theories x ", theories) : "", view.points, view.replicates,
        view.replicates == 1 ? "" : "s", ordinal(rank), ordinal(points + 1 - rank), points, what);
  }
  return view.runs == 1
             ? "1 run; one run says nothing about chance"
             : fmt::format("{} runs; mean ± half width of its 95 % interval over the runs",
                           view.runs);
}

std::string shares(const analysis::Overview& view, const std::string& of_what,
                   const std::vector<analysis::ClassShares>& columns,
                   std::vector<analysis::Figure> analysis::ClassShares::*member) {
  Table table;
  table.head.push_back(fmt::format("share of {} with AI in operation [%]", of_what));
  for (const analysis::ClassShares& c : columns) table.head.push_back(c.label);
  table.right.assign(table.head.size(), true);
  table.right[0] = false;
  for (std::size_t e = 0; e < view.ends.size(); ++e) {
    std::vector<std::string> row{"by the " + analysis::end_of(view.ends[e])};
    for (const analysis::ClassShares& c : columns)
      row.push_back(estimate(view, (c.*member)[e], 100.0, 1));
    table.rows.push_back(row);
  }
  return table.text();
}

}  // namespace

std::string overview_text(const analysis::Overview& view) {
  const std::string units =
      view.unit_kind == "municipality" ? "municipalities" : view.unit_kind + "s";
  std::string text =
      fmt::format("{}\n{} {}, {}\n\n", view.title, view.units, units, runs_text(view));
  if (view.theories.size() > 1 && view.by_theory.empty())
    text += fmt::format("under the theory '{}', the first of {}; `rathaus compare` shows all\n\n",
                        view.theories.front(), view.theories.size());
  if (!view.scenario.empty())
    text += fmt::format("baseline '{}'; `rathaus compare` shows the others beside it\n\n",
                        view.scenario);
  text += shares(view, units, view.classes, &analysis::ClassShares::units) + "\n";
  if (!view.by_theory.empty())
    text += shares(view, units, view.by_theory, &analysis::ClassShares::units) + "\n";
  text += shares(view, "inhabitants", view.classes, &analysis::ClassShares::inhabitants) + "\n";
  Table table{{"", ""}, {}, {false, true}};
  const auto line = [&](const char* what, const analysis::Figure& figure, double factor,
                        int digits) {
    table.rows.push_back({what, estimate(view, figure, factor, digits)});
  };
  line("pilots that never reached operation [% of those ended]", view.graveyard, 100.0, 1);
  line("mean lock-in of running services at the end [0-1]", view.lock_in, 1.0, 3);
  line("vendor concentration at the end, national [HHI, 0-1]", view.hhi_national, 1.0, 3);
  line("vendor concentration at the end, within regions [HHI, 0-1]", view.hhi_local, 1.0, 3);
  line("total rebound incl. AI's footprint, whole run [% of gross saving]", view.rebound, 100.0, 1);
  line("net energy saved, whole run [GWh]", view.energy_net, 1.0, 0);
  line("net energy saved, last year [GWh]", view.energy_net_last_year, 1.0, 0);
  const std::string lines = table.text();
  return text + lines.substr(lines.find('\n') + 1);
}

}  // namespace rathaus::commands
