// All that is constant in a run: municipalities and rules, turned into what a quarter needs.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "model/grouping.h"
#include "model/municipalities.h"
#include "model/rules.h"
#include "model/use_case_set.h"
#include "rules/scale.h"
#include "rules/vendors.h"

namespace rathaus::model {

/// What the choice of a vendor asks of every slot, side by side.
struct VendorTraits {
  std::array<double, max_vendors> fit_large{}, fit_gain{};  //!< gain: small less large
  std::array<double, max_vendors> openness{}, lock_gain{};  //!< lock_rate·(1 − openness) [eq. 20]
};

inline rathaus::rules::ScaleLaw scale_law(const Parameters& p) {
  return {p.effort_scale_exp, p.coop_overhead};
}

/// The world of one parameter point and scenario, shared by its replicates. Immutable.
/// Products are kept in the order in which the ODD prints them, so that a prefix computed here
/// gives the same bits as the whole product computed there.
class World {
 public:
  /// `municipalities` and `rules` are kept by reference and copy. `more_groupings` may name "land"
  /// and "fiscal_class"; size_class always comes first.
  World(const Municipalities& municipalities, Rules rules, std::uint32_t quarters,
        std::span<const std::string> more_groupings = {});

  const Municipalities& municipalities;
  const Rules rules;
  const std::uint32_t quarters;  //!< of the results; the spin-up comes before them
  const std::uint32_t units;
  const std::uint32_t use_cases;
  const std::uint32_t vendors;
  const std::uint32_t regions;
  const std::uint32_t providers;

  // whole-number parameters
  std::uint8_t contract_quarters;
  std::uint8_t rollout_wait_quarters;
  /// age / contract_quarters = age · contract_shares / 2^16, rounded down, exactly for ages below
  /// 2^8 and contracts of more than a quarter.
  std::uint16_t contract_shares;

  // per unit, zero from the last unit to the end of its batch
  Column<std::uint32_t> entity;     //!< names the unit in draws
  Column<std::uint32_t> region;     //!< index of its region
  Column<std::uint32_t> provider;   //!< index of its IT-provider group
  Column<double> inhabitants;       //!< N
  Column<double> thousands;         //!< N/1000
  Column<double> relative_size;     //!< n = N / N_ref
  Column<double> margin;            //!< b·N·f [EUR/quarter]
  Column<double> reserve_cap;       //!< reserve_cap_q·b·N·f [EUR]
  Column<double> staff_total;       //!< L [FTE]
  Column<std::uint8_t> neighbours;  //!< out-degree d_i

  /// Laws of scale: the first is that of the model, use cases may have their own.
  std::vector<rathaus::rules::ScaleLaw> laws;
  std::vector<double> scale_alone;           //!< [law][unit] n^γ [eq. 1]
  std::vector<double> fiscal;                //!< [unit] f [eq. 43]
  std::vector<double> data_margin;           //!< [unit] d·b·N·f [EUR/quarter]
  std::vector<std::uint32_t> provider_size;  //!< [providers] members of each IT-provider group
  std::vector<std::uint32_t> region_size;    //!< [regions]
  std::vector<std::uint32_t> region_first, region_unit;  //!< units by region, compressed rows

  // who is watched by whom: reverse of the network, compressed rows, the geographic layer first in
  // each; and the geographic layer forward
  std::vector<std::uint32_t> watcher_first, watcher;
  std::vector<std::uint32_t> nearby_first, nearby;
  std::vector<std::uint32_t> nearby_to;  //!< [unit] its edges of the geographic layer that come in

  std::vector<Grouping> groupings;  //!< size_class first

  /// Units that share their class in every grouping share a joint class: indicators are summed
  /// over these and grouped once a quarter.
  std::vector<std::vector<std::uint16_t>> joint_classes;  //!< [joint class][grouping] class
  std::vector<std::uint16_t> joint_class;                 //!< [unit]
  std::vector<std::uint32_t> share_first;                 //!< [batch + 1] its classes in `share`
  std::vector<ClassShare> share;

  /// Whom a unit looks at in the geographic layer, and who looks at it.
  std::span<const std::uint32_t> seen_nearby(std::uint32_t unit) const {
    return {nearby.data() + nearby_first[unit], nearby.data() + nearby_first[unit + 1]};
  }
  std::span<const std::uint32_t> watchers_nearby(std::uint32_t unit) const {
    return {watcher.data() + watcher_first[unit], nearby_to[unit]};
  }

  /// The units of a batch by joint class.
  std::span<const ClassShare> shares(std::uint32_t batch) const {
    return {&share[share_first[batch]], share_first[batch + 1] - share_first[batch]};
  }
  /// All lanes but those beyond the last unit.
  Lanes present(std::uint32_t batch) const {
    const std::uint32_t rest = units - batch * batch_units;
    return rest >= batch_units ? ~Lanes{0} : (Lanes{1} << rest) - 1;
  }

  std::vector<Vendor> vendor;  //!< rows scaled to the number of units [eq. 57]
  VendorTraits vendor_traits;

  double threshold_mean;  //!< τ_m, or u₀ [eq. 29]
  double pilot_log_odds;  //!< logit(pilot_success) [eq. 22]

  // by the number of a unit's projects or services
  std::array<double, max_use_cases + 1> data_learnt{};   //!< data_learn·A₂/U [eq. 15]
  std::array<double, max_use_cases + 1> trust_gained{};  //!< trust_gain·A₃/U [eq. 17]

  // per use case, its own or the model's
  std::array<std::uint8_t, max_use_cases> cost_law{}, effort_law{};  //!< index into `laws`
  std::array<double, max_use_cases> run_cost_share{};                //!< o
  std::array<std::uint8_t, max_use_cases> pilot_quarters{};          //!< τ_P
  UseCaseSet turnkey = 0;                                            //!< bought as products

  std::vector<double> benefit;         //!< [use_case] G / N [EUR/inhabitant/year, eq. 25]
  std::vector<double> sustainability;  //!< [use_case] W, what a strategy ranks by [eq. 65]

  /// Fiscal strength by (f, id): lowest third weak, highest third strong.
  std::vector<std::uint8_t> fiscal_class;

  /// What the programmes ask of a unit that never changes: bit k, population, fiscal strength, Land
  /// and region are admitted [ODD 7.23].
  std::vector<std::uint32_t> admissible;  //!< [unit]
  std::vector<std::uint32_t> admitted;    //!< [programme] bit u: use case u may be supported
  std::vector<std::uint8_t> required;     //!< [programme] whose award is needed, or no_programme
  bool keeps_wishes = false;              //!< launches may be put off until an announced call opens
  bool allows_early_start = false;        //!< running pilots may ask for a grant
  bool may_offer = false;  //!< IT-provider groups may offer use cases to their members

  /// Gain of a port, or share of a reserve, for one unit.
  double by_class(const ByClass& table, std::uint32_t unit) const {
    return table.value[class_of(table.kind, unit)];
  }
  std::size_t class_of(ClassKind kind, std::uint32_t unit) const {
    if (kind == ClassKind::all) return 0;
    return kind == ClassKind::size ? groupings.front().class_of[unit] : fiscal_class[unit];
  }

  /// κ of a unit with such data.
  double adaptation(std::uint32_t use_case, double data) const {
    return rathaus::rules::adaptation(rules.parameters.data_gap_cost,
                                      rules.use_cases[use_case].data_threshold, data);
  }
  double fit(std::uint32_t slot, std::uint32_t unit) const {
    return rathaus::rules::vendor_fit(vendor_traits.fit_large[slot], vendor_traits.fit_gain[slot],
                                      relative_size[unit]);
  }
};

}  // namespace rathaus::model
