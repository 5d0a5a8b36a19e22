// A run: a pure function of world and key.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "model/state.h"

namespace rathaus::model {

/// Numbers of quarters after which support is judged: 5, 10 and 20 years after it starts, as far as
/// the run reaches; where it does not reach the last of them, the end of the run.
std::vector<std::uint32_t> horizons(std::uint32_t quarters, std::uint32_t support_start);

/// Every unit at the end of a horizon.
struct Snapshot {
  std::vector<std::uint8_t> running;        //!< [unit] services in operation or scaled
  std::vector<Cents> support;               //!< [unit] grants and stock payments so far
  std::vector<Cents> spent;                 //!< [unit] own spending since the results began
  std::vector<std::uint32_t> supported_by;  //!< [unit] bit k: got money of programme k so far
};

/// Money of one programme in one quarter [cents, eq. 62].
struct PotRecord {
  Cents refilled, paid, returned, remaining, requested, granted;
  Cents administration;  //!< of the funder; 0 where the programme does not say
  std::int32_t applications, awards;
};

/// What a run leaves behind: one value per quarter of the results and class, in the layout of the
/// result file.
struct Outcome {
  std::vector<Row> rows;                   //!< [quarter][class row of all groupings]
  std::vector<std::int32_t> services;      //!< [quarter][use_case][stage]
  std::vector<std::int32_t> pilots_ended;  //!< [quarter][use_case][PilotEnd]
  std::vector<std::int32_t> contracts_renewed, contracts_switched,
      contracts_tendered;                     //!< [quarter][tenure]
  std::vector<std::int32_t> vendor_base;      //!< [quarter][vendor]
  std::vector<float> vendor_price;            //!< [quarter][vendor]
  std::vector<std::vector<float>> indices;    //!< [index_infos()][quarter], NaN: has no value
  std::vector<std::int16_t> first_operation;  //!< [unit], -1 never, 0 too where before them
  std::vector<std::int8_t> operated_before;   //!< [unit] 1: ran a service before the results began

  // support programmes, and what pairing needs
  std::vector<PotRecord> pots;              //!< [quarter][programme]
  std::vector<std::int32_t> reach;          //!< [quarter][programme][reach_names][reach_classes]
  std::vector<Snapshot> snapshots;          //!< [horizon]
  std::vector<Lanes> adopters;              //!< [quarter][batch] units that run a service
  std::vector<std::int16_t> first_support;  //!< [unit] quarter of the first payment, -1 never

  /// One of `indices` by its name.
  const std::vector<float>& index(std::string_view name) const;
};

/// Called after every quarter of the results; `state.result_quarter() - 1` is the one just
/// completed.
using Watcher = std::function<void(const State&)>;

/// Simulates the spin-up and all quarters of the results. Same world and key, same bits, whatever
/// the number of threads. `journal`, if given, notes the events of its unit.
Outcome simulate(const World& world, const random::Key& key, const Watcher& watcher = {},
                 Journal* journal = nullptr);

}  // namespace rathaus::model
