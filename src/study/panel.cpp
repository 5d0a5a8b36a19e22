#include "study/panel.h"

#include "model/common_solutions.h"

namespace rathaus::study {

std::vector<std::int32_t> panel_quarters(const PanelRequest& request, std::uint32_t quarters) {
  std::vector<std::int32_t> recorded;
  for (std::uint32_t q = request.every; q <= quarters; q += request.every)
    recorded.push_back(static_cast<std::int32_t>(q - 1));
  return recorded;
}

void Panel::record(const model::World& world, const model::State& state) {
  for (std::uint32_t i = 0; i < world.units; ++i) {
    for (std::uint32_t u = 0; u < world.use_cases; ++u) {
      const std::size_t cell = state.cell(u, i);
      stage.push_back(static_cast<std::int8_t>(state.stage[cell]));
      vendor.push_back(state.vendor[cell] == model::no_vendor ? std::int16_t{-1}
                                                              : std::int16_t{state.vendor[cell]});
      lock_in.push_back(state.lock_in[cell]);
      maturity.push_back(state.maturity[cell]);
      offered.push_back(model::offering_vendor(world, state, u, i) != model::no_common);
    }
    reserve.push_back(static_cast<double>(state.reserve[i]) / 100.0);
  }
  const auto append = [&](std::vector<double>& to, const model::Column<double>& from) {
    to.insert(to.end(), from.begin(), from.begin() + static_cast<std::ptrdiff_t>(world.units));
  };
  append(staff, state.staff);
  append(data, state.data);
  append(trust, state.trust);
}

}  // namespace rathaus::study
