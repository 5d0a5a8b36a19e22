#include "record/run_values.h"

#include <stdexcept>
#include <utility>

#include "files/bytes.h"

namespace rathaus::record {
namespace {

/// Values of the type that has this place among those that there are.
template <std::size_t... Place>
Values read_values(files::ByteReader& reader, std::size_t type, std::index_sequence<Place...>) {
  Values values;
  const bool known = ((type == Place && (reader(values.emplace<Place>()), true)) || ...);
  if (!known) throw std::length_error("a record holds values of no known type");
  return values;
}

}  // namespace

RunValues values_of(std::span<const Variable> variables, const RunView& view) {
  RunValues run{view.run.scenario, view.run.id, view.run.fixed_demand, {}};
  run.values.reserve(variables.size());
  for (const Variable& variable : variables)
    run.values.push_back(variable->held == Held::world ? Values{} : value_of(variable, view));
  return run;
}

std::string to_bytes(std::span<const RunValues> runs) {
  files::ByteWriter writer;
  for (const RunValues& run : runs) {
    writer(run.scenario);
    writer(run.id);
    writer(run.fixed_demand);
    writer(std::uint64_t{run.values.size()});
    for (const Values& values : run.values) {
      writer(static_cast<std::uint8_t>(values.index()));
      std::visit([&](const auto& typed) { writer(typed); }, values);
    }
  }
  return writer.bytes();
}

std::vector<RunValues> from_bytes(std::string_view bytes) {
  files::ByteReader reader(bytes);
  std::vector<RunValues> runs;
  while (!reader.at_end()) {
    RunValues& run = runs.emplace_back();
    reader(run.scenario);
    reader(run.id);
    reader(run.fixed_demand);
    std::uint64_t count = 0;
    for (reader(count); count > 0; --count) {
      std::uint8_t type = 0;
      reader(type);
      run.values.push_back(
          read_values(reader, type, std::make_index_sequence<std::variant_size_v<Values>>()));
    }
  }
  return runs;
}

}  // namespace rathaus::record
