#include "commands/overview_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "commands/table.h"

namespace rathaus::commands {
namespace {

/// The few numbers of one result in one language.
class Page {
 public:
  Page(const analysis::Overview& view, const Words& say, const Labels& labels)
      : view_(view), say_(say), labels_(labels) {}

  std::string head() const;
  std::string shares(const std::string& of_what, const std::vector<analysis::ClassShares>& columns,
                     std::vector<analysis::Figure> analysis::ClassShares::*member) const;
  std::string other_numbers() const;
  /// "municipalities"
  std::string units() const {
    return say_(view_.unit_kind == "municipality"     ? "o_municipalities"
                : view_.unit_kind == "administration" ? "o_administrations"
                                                      : "o_units");
  }

 private:
  std::string estimate(const analysis::Figure& figure, double factor, int digits) const;
  std::string runs_text() const;

  const analysis::Overview& view_;
  const Words& say_;
  const Labels& labels_;
};

/// "mean ± half width", of a single run the number alone; over points "median (2nd to 47th)", with
/// as many digits as that leaves.
std::string Page::estimate(const analysis::Figure& figure, double factor, int digits) const {
  const analysis::Summary& s = figure.runs;
  if (s.count == 0) return "-";
  const auto number = [&](double x, int places) {
    return say_.digits(fmt::format("{:.{}f}", x * factor, places));
  };
  if (view_.points > 1) {
    const int fewer = digits == 1 ? 0 : digits;
    return say_("c_range", fmt::arg("middle", number(figure.points.middle, fewer)),
                fmt::arg("low", number(figure.points.low, fewer)),
                fmt::arg("high", number(figure.points.high, fewer)));
  }
  if (std::isnan(s.half_width_95)) return number(s.mean, digits);
  return fmt::format("{} ± {}", number(s.mean, digits), number(s.half_width_95, digits));
}

std::string Page::runs_text() const {
  if (view_.points < 2)
    return view_.runs == 1 ? say_("o_one_run") : say_("o_runs", fmt::arg("n", view_.runs));
  const std::size_t theories = view_.theories.size(), points = view_.points * theories,
                    rank = analysis::rank_of_range(points);
  return say_(view_.replicates == 1 ? "o_points" : "o_points_replicates",
              fmt::arg("times", theories > 1 ? say_("o_times", fmt::arg("n", theories)) : ""),
              fmt::arg("points", view_.points), fmt::arg("n", view_.replicates),
              fmt::arg("low", say_.place(rank)), fmt::arg("high", say_.place(points + 1 - rank)),
              fmt::arg("all", points),
              fmt::arg("and", theories > 1 ? say_("o_and_theories", fmt::arg("n", theories)) : ""));
}

std::string Page::head() const {
  std::string text = fmt::format("{}\n{} {}, {}\n\n", labels_.title(view_.title), view_.units,
                                 units(), runs_text());
  if (view_.theories.size() > 1 && view_.by_theory.empty())
    text += say_("o_first_theory", fmt::arg("theory", say_.name(view_.theories.front())),
                 fmt::arg("n", view_.theories.size())) +
            "\n\n";
  if (!view_.scenario.empty())
    text += say_("o_baseline", fmt::arg("name", labels_.scenario(view_.scenario))) + "\n\n";
  return text;
}

std::string Page::shares(const std::string& of_what,
                         const std::vector<analysis::ClassShares>& columns,
                         std::vector<analysis::Figure> analysis::ClassShares::*member) const {
  Table table;
  table.head.push_back(say_("o_share", fmt::arg("what", of_what)));
  for (const analysis::ClassShares& c : columns) table.head.push_back(say_.name(c.label));
  table.right.assign(table.head.size(), true);
  table.right[0] = false;
  for (std::size_t e = 0; e < view_.ends.size(); ++e) {
    std::vector<std::string> row{say_("o_by", fmt::arg("end", say_.end_of(view_.ends[e])))};
    for (const analysis::ClassShares& c : columns)
      row.push_back(estimate((c.*member)[e], 100.0, 1));
    table.rows.push_back(row);
  }
  return table.text();
}

std::string Page::other_numbers() const {
  Table table{{"", ""}, {}, {false, true}};
  const auto line = [&](const char* key, const analysis::Figure& figure, double factor,
                        int digits) {
    table.rows.push_back({say_(key), estimate(figure, factor, digits)});
  };
  line("o_graveyard", view_.graveyard, 100.0, 1);
  line("o_lock_in", view_.lock_in, 1.0, 3);
  line("o_hhi_national", view_.hhi_national, 1.0, 3);
  line("o_hhi_local", view_.hhi_local, 1.0, 3);
  line("o_rebound", view_.rebound, 100.0, 1);
  line("o_energy_net", view_.energy_net, 1.0, 0);
  line("o_energy_net_last_year", view_.energy_net_last_year, 1.0, 0);
  const std::string lines = table.text();
  return lines.substr(lines.find('\n') + 1);
}

}  // namespace

std::string overview_text(const analysis::Overview& view, const Words& say, const Labels& labels) {
  const Page page(view, say, labels);
  std::string text =
      page.head() + page.shares(page.units(), view.classes, &analysis::ClassShares::units) + "\n";
  if (!view.by_theory.empty())
    text += page.shares(page.units(), view.by_theory, &analysis::ClassShares::units) + "\n";
  return text +
         page.shares(say("o_inhabitants"), view.classes, &analysis::ClassShares::inhabitants) +
         "\n" + page.other_numbers();
}

std::string overview_text(const hdf5::Group& root, const std::string& language) {
  return overview_text(analysis::overview(root), Words(language),
                       Labels(root.group("provenance").text("resolved"), language));
}

}  // namespace rathaus::commands
