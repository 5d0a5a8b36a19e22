// A run: a pure function of world and key.
#pragma once

#include <functional>
#include <vector>

#include "model/state.h"

namespace rathaus::model {

/// What a run leaves behind: one value per quarter and class, in the layout of the result file.
struct Outcome {
  std::vector<Row> rows;               //!< [quarter][class row of all groupings]
  std::vector<std::int32_t> services;  //!< [quarter][use_case][stage]
  std::vector<std::int32_t> contracts_renewed, contracts_switched;  //!< [quarter][tenure]
  std::vector<std::int32_t> vendor_base;                            //!< [quarter][vendor]
  std::vector<float> vendor_price;                                  //!< [quarter][vendor]
  std::vector<float> hhi_national, hhi_local;  //!< [quarter], NaN while nothing is installed
  std::vector<float> morans_i;                 //!< [quarter], NaN while all units are alike
  std::vector<std::int16_t> first_operation;   //!< [unit], -1 never
};

/// Called after every quarter; `state.quarter - 1` is the quarter just completed.
using Watcher = std::function<void(const State&)>;

/// Simulates all quarters. Same world and key, same bits, whatever the number of threads.
Outcome simulate(const World& world, const random::Key& key, const Watcher& watcher = {});

}  // namespace rathaus::model
