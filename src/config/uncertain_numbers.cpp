#include "config/uncertain_numbers.h"

#include <fmt/format.h>

#include <algorithm>

#include "config/overrides.h"
#include "model/programme_numbers.h"

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
  const auto add = [&](const std::string& key, std::string_view unit, std::string_view meaning,
                       Address address, double standard, double lowest, double highest,
                       bool whole) {
    const auto gain =
        std::ranges::find(draft.study.gains, programme.name + "." + key, &study::Evidence::name);
    const bool found = gain != draft.study.gains.end();
    known.push_back({{prefix + key,
                      std::string(unit),
                      std::string(meaning),
                      std::move(address),
                      {.by = {}, .lowest = lowest, .highest = highest},
                      standard},
                     whole,
                     found ? gain->low : lowest,
                     found ? gain->high : highest,
                     found});
  };
  for (std::size_t p = 0; p < model::port_names.size(); ++p) {
    const auto port = static_cast<model::Port>(p);
    if (!programme.has(port)) continue;
    const model::PortInfo& info = model::info_of(port);
    add(fmt::format("ports.{}", info.name), info.unit, info.meaning,
        {Address::Kind::port, p, programme.name}, programme[port].value[0], 0.0, info.highest,
        false);
  }
  const auto numbers = model::programme_numbers();
  for (std::size_t n = 0; n < numbers.size(); ++n)
    if (const std::optional<double> standard = numbers[n].of(programme))
      add(numbers[n].key, numbers[n].unit, numbers[n].meaning,
          {Address::Kind::programme_number, n, programme.name}, *standard, numbers[n].lowest,
          numbers[n].highest, numbers[n].whole);
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
    if (address.kind == Address::Kind::programme_number) {
      const model::ProgrammeNumber& changed = model::programme_numbers()[address.field];
      return changed.of(programme) == changed.of(*base);
    }
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
