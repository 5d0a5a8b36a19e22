// Per-unit records of one run, for those who want to look at single towns.
#pragma once

#include <cstdint>
#include <vector>

#include "model/state.h"
#include "study/study.h"

namespace rathaus::study {

/// Quarters that a panel records: every-1, 2·every-1, … (the last quarter of each period).
std::vector<std::int32_t> panel_quarters(const PanelRequest& request, std::uint32_t quarters);

/// What happened to every unit, at the recorded quarters.
struct Panel {
  std::vector<std::int8_t> stage;    //!< [quarter][unit][use_case]
  std::vector<std::int16_t> vendor;  //!< [quarter][unit][use_case], -1 none
  std::vector<float> lock_in;        //!< [quarter][unit][use_case]
  std::vector<float> maturity;       //!< [quarter][unit][use_case]
  std::vector<std::int8_t> offered;  //!< [quarter][unit][use_case] by the unit's group, 1 or 0
  std::vector<double> reserve;       //!< [quarter][unit] EUR, exact in cents
  std::vector<double> staff;         //!< [quarter][unit] FTE
  std::vector<double> data;          //!< [quarter][unit]
  std::vector<double> trust;         //!< [quarter][unit]

  /// Appends the state after a quarter.
  void record(const model::World& world, const model::State& state);
};

}  // namespace rathaus::study
