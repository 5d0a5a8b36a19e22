// The vendors of pilots that may be launched, chosen for many units side by side. A choice is a
// mark on a scale of as many weights as there are vendors: estimates of the exponentials tell where
// it falls, unless it is close to a bound; then, and under other rules, choose_vendor has the word,
// so that no result depends on the estimates [ODD 7.16].
#pragma once

#include "model/batch.h"

namespace rathaus::model {

class VendorPreselection {
 public:
  static constexpr std::uint32_t capacity = batch_units;

  /// What has been collected, and what was found of it.
  struct Choices {
    std::uint32_t count = 0;
    PerLane<std::uint8_t> lane, use_case, vendor;
    PerLane<float> relative_size;  //!< n
    // the installed base that the unit sees, and its own projects: all, and those of each slot
    PerLane<std::int32_t> customers, projects;
    std::array<PerLane<std::int32_t>, max_vendors> with_vendor, own_with_vendor;
    PerLane<float> draw;
  };

  explicit VendorPreselection(const Batch& batch) : batch_(batch) {}

  /// The rule is the multinomial logit, and there are vendors.
  bool applies() const {
    return batch_.structure().vendor_choice == VendorChoice::logit_share &&
           batch_.state.market.active != 0;
  }
  bool has_room() const { return choices_.count < capacity; }
  /// A pilot of a unit, with the projects that it has at this moment.
  void collect(std::uint32_t lane, std::uint32_t use_case);

  /// Calls body(lane, use_case, vendor) for all that were collected, with no_vendor where it is
  /// close. `draws[k]` is that of the k-th.
  template <class Draws, class Body>
  void choose(const Draws& draws, Body body) {
    for (std::uint32_t k = 0; k < choices_.count; ++k)
      choices_.draw[k] = static_cast<float>(draws[k]);
    weigh();
    for (std::uint32_t k = 0; k < choices_.count; ++k)
      body(choices_.lane[k], choices_.use_case[k], choices_.vendor[k]);
    choices_.count = 0;
  }

 private:
  void weigh();

  const Batch& batch_;
  Choices choices_;
};

}  // namespace rathaus::model
