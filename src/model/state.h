// All that changes in a run: four stocks per municipality, one funnel per municipality and use
// case.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "model/funding.h"
#include "model/indicators.h"
#include "model/journal.h"
#include "model/lanes.h"
#include "model/money.h"
#include "model/use_case_set.h"
#include "model/world.h"
#include "random/draw.h"

namespace rathaus::model {

inline constexpr std::uint8_t no_vendor = 255;
inline constexpr std::uint8_t no_common = 254;  //!< of a group; the vendor of no cell
inline constexpr std::uint32_t tabled_sharers = 64;

/// One vendor slot in a run.
struct VendorState {
  bool active = true;
  double projects = 0.0;   //!< Q, cumulative projects
  double capacity = 0.0;   //!< K [projects/quarter]
  double price = 1.0;      //!< P, list price, relative [1]
  double log_price = 0.0;  //!< ln P
};

/// Customers of each vendor slot: cells with stage ≥ 2.
struct VendorBase : std::array<std::uint32_t, max_vendors> {
  std::uint32_t all = 0;

  VendorBase() : array{} {}
  friend bool operator==(const VendorBase&, const VendorBase&) = default;
};

/// The active vendors that offer a use case.
struct Supply {
  std::uint32_t vendors = 0;  //!< bit v: slot v
  double mean_price = 1.0;    //!< P̄, 1 if there is none
  std::uint8_t cheapest = no_vendor, dearest = no_vendor;
  /// Whom to change to: by −β_p ln P + β_o o, ties to the lowest slot [eq. 36].
  std::uint8_t best = no_vendor, second_best = no_vendor;
};

/// The market as everybody sees it in a quarter.
struct VendorMarket {
  std::uint32_t active = 0;     //!< bit v: slot v is active
  std::uint32_t abandoned = 0;  //!< bit v: slot v is not, and still has customers
  bool is_active(std::uint8_t vendor) const { return active >> vendor & 1u; }
  std::array<Supply, max_use_cases> of;             //!< [use_case]
  std::array<double, max_vendors> price{};          //!< [vendor] P
  std::array<double, max_vendors> price_utility{};  //!< [vendor] −β_p ln P, −∞ if not active
};

/// What a unit books in one quarter [cents]; with the reserve they satisfy eq. 58 exactly.
struct Ledger {
  Cents inflow = 0;
  Cents saving_retained = 0;
  Cents running_cost = 0;
  Cents own_spending = 0;  //!< project cost less grants
  Cents grants = 0;        //!< paid for projects; they do not enter the reserve
  Cents switching_cost = 0;
  Cents forfeited = 0;
};

/// The ledgers of all units, struct of arrays.
struct Ledgers {
  Column<Cents> inflow, saving_retained, running_cost, own_spending, grants, switching_cost,
      forfeited;  //!< [unit]

  explicit Ledgers(std::uint32_t units = 0);
  Ledger operator[](std::uint32_t unit) const {
    return {inflow[unit], saving_retained[unit], running_cost[unit], own_spending[unit],
            grants[unit], switching_cost[unit],  forfeited[unit]};
  }
};

/// A cell moved: what the fields of K1 need to know.
struct Change {
  std::uint32_t unit;
  std::uint8_t use_case;
  Stage from, to;
  std::uint8_t from_vendor, to_vendor;
};

/// A launch that may ask a programme for a grant and asks its vendor for a slot
/// (K2h → K3 → K4 → K5).
struct Order {
  std::uint32_t unit;
  std::uint8_t use_case;
  std::uint8_t vendor;
  Cents cost;
  Application application{};
  bool served = false;
};

/// An order in the queue of its vendor.
struct Request {
  std::uint32_t order;  //!< index
  double priority;      //!< smaller is served first [eq. 35]
  double luck;          //!< decides among equal priorities
};

/// A running project that goes on: to operation or to roll-out (K2h → K3 → K5).
struct Transition {
  std::uint32_t unit;
  std::uint8_t use_case;
  Stage to;
  Cents cost;
  Application application{};
};

/// What one chunk of units reports from K2, and from K7; chunks are joined in unit order, so that
/// nothing depends on which thread computed which.
struct Report {
  Totals totals;
  std::vector<std::int32_t> moved;  //!< [use_case][stage] cells that came less cells that left
  std::vector<Change> changes;
  std::vector<Order> orders;
  std::vector<Transition> transitions;
  std::vector<std::uint32_t> joiners;   //!< units that join a cooperation from the next quarter on
  std::vector<std::uint32_t> planners;  //!< units that have a strategy from the next quarter on
  std::vector<std::uint32_t> turned;    //!< units that became or ceased to be adopters (K7)

  void clear(const World& world);
  /// Adds what the next chunk reports from K2.
  void append(const Report& next);
};

/// What Moran's I is made of.
struct AdopterTies {
  std::int64_t adopters = 0;
  // edges of the geographic layer that begin, that end, and that begin and end at an adopter
  std::int64_t from = 0, to = 0, both = 0;
};

/// State of a run, struct of arrays. Cells are laid out [batch][use_case][lane]: a step finds the
/// cells of sixty-four units side by side, and a unit's turn its own within the same few kilobytes.
struct State {
  State(const World& world, const random::Key& key);

  std::size_t cell(std::uint32_t use_case, std::uint32_t unit) const {
    return (std::size_t{unit / batch_units} * use_cases + use_case) * batch_units +
           unit % batch_units;
  }

  std::uint32_t units;
  std::uint32_t use_cases;
  std::uint32_t spin_up;      //!< quarters before the results begin
  std::uint32_t quarter = 0;  //!< the quarter of the run to be computed next, as draws count
  /// The same as the results count: 0 is their first quarter, the spin-up is negative.
  std::int32_t result_quarter() const {
    return static_cast<std::int32_t>(quarter) - static_cast<std::int32_t>(spin_up);
  }

  // traits, drawn at the start
  Column<double> innovativeness;  //!< ι [util]
  Column<double> trust_start;     //!< T₀

  // stocks [unit]
  Column<Cents> reserve;          //!< M
  Column<double> staff;           //!< H [FTE]
  Column<double> data;            //!< D
  Column<double> trust;           //!< T
  Column<std::uint8_t> member;    //!< 1: in the cooperation of the region
  Column<std::uint8_t> strategy;  //!< 1: plans the operation before the pilot

  // the funnel, twice: by unit for whoever looks for cells of a stage, by cell for whoever has one
  Column<StageSets> funnel;  //!< [unit]
  Column<UseCaseSet> ready;  //!< [unit] pilots that succeeded

  // cells [batch][use_case][lane]
  Column<Stage> stage;
  Column<std::uint8_t> age;   //!< quarters since the pilot or the operation began, saturating
  Column<std::uint8_t> cool;  //!< quarters until a new launch is possible
  Column<std::uint8_t> vendor;
  Column<float> lock_in;  //!< λ
  // where programmes ask for them, else empty
  Column<std::uint8_t> awaited;  //!< programme whose call a wish waits for, or no_programme
  Column<Cents> pilot_cost;      //!< of a pilot that may still ask for a grant, else 0
  Column<float> maturity;        //!< m

  // fields of K1, as at the end of the last quarter
  Column<std::uint8_t> peers_running;           //!< [cell] neighbours with stage ≥ 3
  std::vector<std::uint32_t> provider_running;  //!< [use_case][provider]
  std::vector<double> provider_share;           //!< [use_case][provider] of the members
  std::vector<std::uint32_t> all_running;       //!< [use_case]
  std::vector<std::uint32_t> services;          //!< [use_case][stage] cells
  // common solutions, where groups may offer them, else empty [ODD 7.24]
  std::vector<UseCaseSet> offered;         //!< [provider] to all members, for good
  std::vector<std::uint8_t> offer_vendor;  //!< [use_case][provider] of this quarter, or no_common
  std::vector<std::uint32_t> group_base;   //!< [use_case][provider][vendor] running services
  UseCaseSet on_offer = 0;                 //!< that some group offers in this quarter
  VendorBase vendor_base;                  //!< of the country
  std::vector<VendorBase> regional_base;   //!< [region]
  std::vector<std::int64_t> pool_inhabitants;  //!< [region] of the members of the cooperation
  std::vector<std::uint32_t> pool_members;     //!< [region]
  std::uint32_t largest_pool = 1;              //!< members of the largest, or 1
  std::vector<std::uint8_t> pool_changed;      //!< [region] since ψ was last computed
  std::vector<double> pool_scale;              //!< [law][region] n_g^γ
  std::vector<double> pool_overhead;           //!< [region] 1 + ν log₂ k_g
  std::vector<std::int64_t> region_data_sum;   //!< [region] Σ D in fixed point
  std::vector<double> region_data;             //!< [region] mean D
  Column<double> scale;                        //!< ψ [unit, eq. 1]
  std::vector<Column<double>> other_scales;  //!< [law − 1] ψ of use cases with a γ of their own
  const Column<double>& scale_by(std::uint8_t law) const {
    return law == 0 ? scale : other_scales[law - 1u];
  }
  Column<double> data_investment;  //!< inv [unit, eq. 14]

  // the world outside in this quarter
  UseCaseSet available = 0;     //!< can be heard of
  double macro_factor = 0.0;    //!< φ
  double grid_intensity = 0.0;  //!< g [g CO2e/kWh]
  double trust_drift = 0.0;     //!< of every set-point of trust
  // [use_case]
  std::array<double, max_use_cases> uncertified_risk{};  //!< r(1 − cert)
  std::array<double, max_use_cases> incident_hazard{};   //!< incident_rate·r(1 − cert) [eq. 16]
  std::array<double, max_use_cases> compliance_alone{};  //!< r·duties·(1 − cert) [EUR/year, eq. 9]
  /// The same, shared by 0 (as by 1), 1, … units of a pool that is not too large for the table.
  std::array<std::array<double, tabled_sharers>, max_use_cases> compliance_shared{};
  double most_incidents = 0.0;  //!< sum of the hazards
  std::array<VendorState, max_vendors> vendors;
  VendorMarket market;
  Funding funding;

  // flows of this quarter
  Ledgers ledger;                     //!< [unit]
  Column<double> footprint_running;   //!< [unit] energy of AI in operation [kWh]
  Column<std::int64_t> energy_saved;  //!< [unit] gross saving less rebounds [Wh]
  Column<std::int64_t> heat_saved;    //!< [unit] of that, heat and fuel [Wh]
  Report report;                      //!< of all units
  std::vector<Transition> refused;    //!< transitions whose grant was refused and that do not go on
  std::vector<Report> chunk;          //!< one per chunk of units
  std::array<std::vector<Request>, max_vendors> queue;  //!< of each vendor
  std::array<std::uint32_t, max_vendors> demand{}, served{};
  Column<std::uint8_t> running;     //!< [unit] services in operation or scaled, but turnkey ones
  Column<std::uint8_t> ever_short;  //!< [unit] bit c: constraint c ended an attempt of the results
  std::vector<ShortUnits> short_so_far;  //!< [joint class] units that have the bits
  /// An attempt of a unit ends for lack of something; `row` counts it where it is the first.
  void lacks(std::uint32_t unit, Constraint what, Row& row) {
    const auto bit = static_cast<std::uint8_t>(1u << static_cast<unsigned>(what));
    row.ever_short[static_cast<std::size_t>(what)] += (ever_short[unit] & bit) == 0;
    ever_short[unit] |= bit;
  }
  std::vector<Lanes> adopters;           //!< [batch] units that run a service
  AdopterTies ties;                      //!< of those
  Column<std::int16_t> first_operation;  //!< [unit] of the results, -1 never, 0 before them
  std::vector<Cents> spent;              //!< [unit] own spending since the results began

  Journal* journal = nullptr;  //!< who wants to know about one unit
  bool is_noted(std::uint32_t unit) const { return journal != nullptr && journal->unit == unit; }
  void note(std::uint32_t unit, Event event) const {
    if (!is_noted(unit)) return;
    event.quarter = result_quarter();
    journal->events.push_back(event);
  }
};

}  // namespace rathaus::model
