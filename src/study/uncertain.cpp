#include "study/uncertain.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "model/programme_numbers.h"

namespace rathaus::study {
namespace {

template <class Struct>
void scale_column(const model::Field<Struct>& field, double factor, std::vector<Struct>& rows) {
  for (Struct& row : rows)
    row.*field.member = std::clamp(row.*field.member * factor, field.lowest, field.highest);
}

}  // namespace

std::string text_of(const Distribution& d) {
  const ShapeInfo& info = shape_infos[static_cast<std::size_t>(d.shape)];
  if (d.shape == Shape::lognormal)
    return fmt::format("{{ lognormal = {{ median = {}, p95 = {} }} }}", d.by[0], d.by[1]);
  return fmt::format(
      "{{ {} = [{}] }}", info.name,
      fmt::join(d.by.begin(), d.by.begin() + static_cast<std::ptrdiff_t>(info.numbers), ", "));
}

double standing(const Uncertain& number, const model::Rules& rules) {
  switch (number.address.kind) {
    case Address::Kind::parameter:
      return rules.parameters.*model::parameter_fields()[number.address.field].member;
    case Address::Kind::coefficient:
      return rules.coefficients.*model::coefficient_fields()[number.address.field].member;
    default:
      return number.standard;
  }
}

void set(const Address& address, double value, model::Rules& rules) {
  switch (address.kind) {
    case Address::Kind::parameter:
      rules.parameters.*model::parameter_fields()[address.field].member = value;
      return;
    case Address::Kind::coefficient:
      rules.coefficients.*model::coefficient_fields()[address.field].member = value;
      return;
    case Address::Kind::use_case_factor:
      return scale_column(model::use_case_fields()[address.field], value, rules.use_cases);
    case Address::Kind::vendor_factor:
      return scale_column(model::vendor_fields()[address.field], value, rules.vendors);
    case Address::Kind::port:
    case Address::Kind::programme_number: {
      const auto programme =
          std::ranges::find(rules.programmes, address.programme, &model::Programme::name);
      if (programme == rules.programmes.end()) return;
      if (address.kind == Address::Kind::port)
        programme->ports[address.field].value[0] = value;
      else
        model::programme_numbers()[address.field].set(value, *programme);
    }
  }
}

}  // namespace rathaus::study
