#include "population/write.h"

#include <fmt/format.h>

#include <cassert>
#include <iterator>
#include <ostream>
#include <string>
#include <string_view>

namespace rathaus::population {
namespace {

/// Quotes what a reader would otherwise split, trim or misread.
std::string cell(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  const bool plain = text.find_first_of(",;\"\r\n") == std::string_view::npos &&
                     (text.empty() || (!is_blank(text.front()) && !is_blank(text.back())));
  if (plain) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

}  // namespace

void write_csv(std::ostream& out, const model::Municipalities& municipalities,
               std::span<const double> drawn_fiscal) {
  const model::Municipalities& m = municipalities;
  const std::span<const double> fiscal = m.fiscal.empty() ? drawn_fiscal : m.fiscal;
  assert(fiscal.empty() || fiscal.size() == m.size());
  struct Numbers {
    std::string_view name;
    std::span<const double> values;
  };
  const Numbers optional[] = {{"lon", m.longitude},
                              {"lat", m.latitude},
                              {"fiscal", fiscal},
                              {"innov", m.innovativeness},
                              {"trust", m.trust}};

  std::string row = "id,name,land,region,population,provider";
  for (const Numbers& column : optional)
    if (!column.values.empty()) row.append(",").append(column.name);
  out << row << '\n';
  for (std::size_t i = 0; i < m.size(); ++i) {
    row = fmt::format("{},{},{},{},{},{}", cell(m.id[i]), cell(m.name[i]),
                      cell(m.land_names[m.land[i]]), cell(m.region_names[m.region[i]]),
                      m.population[i], cell(m.provider_names[m.provider[i]]));
    for (const Numbers& column : optional)
      if (!column.values.empty()) fmt::format_to(std::back_inserter(row), ",{}", column.values[i]);
    out << row << '\n';
  }
}

}  // namespace rathaus::population
