#include "config/uncertain_numbers.h"

#include <fmt/format.h>

#include <algorithm>

#include "config/overrides.h"

namespace rathaus::config {
namespace {

using study::Address;

template <class Struct>
Known known_of(const std::string& path, const model::Field<Struct>& field, Address address,
               double standard, double low, double high) {
  return {{path,
           std::string(field.unit),
           std::string(field.meaning),
           std::move(address),
           {.by = {}, .lowest = field.lowest, .highest = field.highest},
           standard},
          field.whole,
          low,
          high};
}

template <class Struct>
void add_numbers(std::span<const model::Field<Struct>> fields,
                 const std::vector<study::Evidence>& numbers, const std::string& prefix,
                 Address::Kind kind, std::vector<Known>& known) {
  for (std::size_t i = 0; i < std::min(fields.size(), numbers.size()); ++i)
    known.push_back(known_of(prefix + std::string(fields[i].name), fields[i], {kind, i, ""},
                             numbers[i].value, numbers[i].low, numbers[i].high));
}

/// A column is set by a factor; 1 leaves it as it is.
template <class Struct>
void add_columns(std::span<const model::Field<Struct>> fields,
                 const std::vector<model_folder::Column>& columns, const std::string& prefix,
                 Address::Kind kind, std::vector<Known>& known) {
  for (std::size_t i = 0; i < std::min(fields.size(), columns.size()); ++i)
    known.push_back({{prefix + std::string(fields[i].name),
                      "1",
                      "factor on the column: " + std::string(fields[i].meaning),
                      {kind, i, ""},
                      {.by = {}, .lowest = 0.0, .highest = 1e6},
                      1.0},
                     false,
                     columns[i].low_factor,
                     columns[i].high_factor});
}

void add_programme(const Draft& draft, const model::Programme& programme,
                   std::vector<Known>& known) {
  const std::string prefix = "programme." + programme.name + ".";
  const auto range = [&](const std::string& key, double lowest, double highest) {
    for (const study::Evidence& gain : draft.study.gains)
      if (gain.name == programme.name + "." + key) return std::pair(gain.low, gain.high);
    return std::pair(lowest, highest);
  };
  for (std::size_t p = 0; p < model::port_names.size(); ++p) {
    const auto port = static_cast<model::Port>(p);
    if (!programme.has(port)) continue;
    const std::string key = fmt::format("ports.{}", model::port_names[p]);
    const model::PortInfo& info = model::info_of(port);
    const auto [low, high] = range(key, 0.0, info.highest);
    known.push_back({{prefix + key,
                      std::string(info.unit),
                      std::string(info.meaning),
                      {Address::Kind::port, p, programme.name},
                      {.by = {}, .lowest = 0.0, .highest = info.highest},
                      programme[port].value[0]},
                     false,
                     low,
                     high});
  }
  if (!programme.unit_cost) return;
  const auto [low, high] = range("unit_cost", 0.0, 1e9);
  known.push_back({{prefix + "unit_cost",
                    "EUR/quarter",
                    "cost of a supported unit",
                    {Address::Kind::unit_cost, 0, programme.name},
                    {.by = {}, .lowest = 0.0, .highest = 1e9},
                    *programme.unit_cost},
                   false,
                   low,
                   high});
}

}  // namespace

UncertainNumbers::UncertainNumbers(const Draft& draft) {
  add_numbers(model::parameter_fields(), draft.study.parameters, "", Address::Kind::parameter,
              known_);
  add_numbers(model::coefficient_fields(), draft.study.coefficients, "coefficients.",
              Address::Kind::coefficient, known_);
  add_columns(model::use_case_fields(), draft.model.use_case_columns, "use_cases.",
              Address::Kind::use_case_factor, known_);
  add_columns(model::vendor_fields(), draft.model.vendor_columns, "vendors.",
              Address::Kind::vendor_factor, known_);
  for (const model::Programme& programme : draft.programmes)
    add_programme(draft, programme, known_);
}

const Known* UncertainNumbers::find(const std::string& given) const {
  // "parameters.beta_peer" is "beta_peer" here; a coefficient may leave its table out
  const std::string full = full_key(given);
  constexpr std::string_view table = "parameters.";
  const std::string path = full.starts_with(table) ? full.substr(table.size()) : full;
  const auto found = std::ranges::find(known_, path, [](const Known& k) { return k.number.path; });
  return found == known_.end() ? nullptr : &*found;
}

std::vector<std::string_view> UncertainNumbers::paths() const {
  std::vector<std::string_view> paths;
  for (const Known& known : known_) paths.push_back(known.number.path);
  return paths;
}

bool is_by_class(const study::Uncertain& number, const Draft& draft) {
  if (number.address.kind != Address::Kind::port) return false;
  const auto base =
      std::ranges::find(draft.programmes, number.address.programme, &model::Programme::name);
  return base->ports[number.address.field].kind != model::ClassKind::all;
}

std::string changing_scenario(const study::Uncertain& number, const Draft& draft) {
  const Address& address = number.address;
  if (address.programme.empty()) return "";
  const auto base = std::ranges::find(draft.programmes, address.programme, &model::Programme::name);
  const auto same = [&](const model::Programme& programme) {
    if (address.kind == Address::Kind::unit_cost) return programme.unit_cost == base->unit_cost;
    const model::ByClass& here = programme.ports[address.field];
    return here.kind == base->ports[address.field].kind &&
           here.value == base->ports[address.field].value;
  };
  for (const study::Scenario& scenario : draft.study.scenarios)
    for (const model::Programme& programme : scenario.programmes)
      if (programme.name == address.programme && !same(programme)) return scenario.name;
  return "";
}

}  // namespace rathaus::config
