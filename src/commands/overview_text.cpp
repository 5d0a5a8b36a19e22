#include "commands/overview_text.h"

#include <fmt/format.h>

#include <cmath>

#include "analysis/quarters.h"
#include "commands/table.h"

namespace rathaus::commands {
namespace {

/// "mean ± half width"; a single run has no interval.
std::string estimate(const analysis::Summary& s, double factor, int digits) {
  if (s.count == 0) return "-";
  if (std::isnan(s.half_width_95)) return fmt::format("{:.{}f}", s.mean * factor, digits);
  return fmt::format("{:.{}f} ± {:.{}f}", s.mean * factor, digits, s.half_width_95 * factor,
                     digits);
}

std::string shares(const analysis::Overview& view, const std::string& of_what,
                   std::vector<analysis::Summary> analysis::ClassShares::*member) {
  Table table;
  table.head.push_back(fmt::format("share of {} with AI in operation [%]", of_what));
  for (const analysis::ClassShares& c : view.classes) table.head.push_back(c.label);
  table.right.assign(table.head.size(), true);
  table.right[0] = false;
  for (std::size_t e = 0; e < view.ends.size(); ++e) {
    std::vector<std::string> row{"by the " + analysis::end_of(view.ends[e])};
    for (const analysis::ClassShares& c : view.classes)
      row.push_back(estimate((c.*member)[e], 100.0, 1));
    table.rows.push_back(row);
  }
  return table.text();
}

}  // namespace

std::string overview_text(const analysis::Overview& view) {
  const std::string units =
      view.unit_kind == "municipality" ? "municipalities" : view.unit_kind + "s";
  std::string text = fmt::format(
      "{}\n{} {}, {} {}; {}\n\n", view.title, view.units, units, view.runs,
      view.runs == 1 ? "run" : "runs",
      view.runs == 1 ? "one run says nothing about chance"
      : view.points > 1
          ? fmt::format("mean ± half width of its 95 % interval over the runs, whose {} "
                        "points\nand chance spread together",
                        view.points)
          : "mean ± half width of its 95 % interval over the runs");
  if (!view.theory.empty())
    text += fmt::format("under the theory '{}', the first of {}; `rathaus compare` shows all\n\n",
                        view.theory, view.theories);
  if (!view.scenario.empty())
    text += fmt::format("baseline '{}'; `rathaus compare` shows the others beside it\n\n",
                        view.scenario);
  text += shares(view, units, &analysis::ClassShares::units) + "\n" +
          shares(view, "inhabitants", &analysis::ClassShares::inhabitants) + "\n";
  Table table{{"", ""}, {}, {false, true}};
  const auto line = [&](const char* what, const analysis::Summary& s, double factor, int digits) {
    table.rows.push_back({what, estimate(s, factor, digits)});
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
