// What IT-provider groups offer to their members, and what it takes off them [ODD 7.24].
#include "model/common_solutions.h"

#include <cmath>

#include "catch.h"
#include "model/applications.h"
#include "model/germany.h"
#include "rules/contracts.h"
#include "rules/decision.h"
#include "rules/support.h"

using namespace rathaus;

namespace {

/// A world whose groups offer a lot, after some years.
struct Offers {
  test::Germany germany;
  random::Key key = germany.key();
  model::State state;

  explicit Offers(double rate, double relief, std::uint32_t years = 10)
      : germany(400, 80,
                [&](model::Rules& rules) {
                  rules.parameters.offer_rate = rate;
                  rules.parameters.offer_relief = relief;
                  rules.parameters.coop_join = 0.05;
                }),
        state(*germany.world, key) {
    while (state.quarter < 4 * years) advance(*germany.world, key, state);
  }
  const model::World& world() const { return *germany.world; }
};

}  // namespace

// [eq. 73]
TEST_CASE("the hazard of an offer grows with what members run and with who is supported") {
  CHECK(rules::offer_hazard(0.4, 0.25, 0.0, 8.0) == 0.1);
  CHECK(rules::offer_hazard(0.0, 1.0, 0.0, 8.0) == 0.0);
  CHECK(rules::offer_hazard(0.4, 0.25, 8 * 0.05, 8.0) == 0.1 + 0.05);
  CHECK(rules::offer_hazard(0.0, 0.0, 0.05, 8.0) == 0.05 / 8.0);  // one of eight
}

TEST_CASE("without a rate and a programme nobody offers and nothing is kept for it") {
  Offers none(0.0, 0.5, 5);
  CHECK(!none.world().may_offer);
  CHECK(none.state.offered.empty());
  CHECK(none.state.offer_vendor.empty());
  CHECK(none.state.on_offer == 0);
}

TEST_CASE("groups of two and more offer, for good, with an active vendor of the use case") {
  Offers offers(2.0, 0.5, 4);
  const std::vector<model::UseCaseSet> before = offers.state.offered;
  std::size_t groups = 0, more = 0;
  while (offers.state.quarter < 48) advance(offers.world(), offers.key, offers.state);
  for (std::uint32_t g = 0; g < offers.world().providers; ++g) {
    const model::UseCaseSet now = offers.state.offered[g];
    CHECK((before[g] & ~now) == 0);
    if (offers.world().provider_size[g] < 2) CHECK(now == 0);
    groups += now != 0;
    more += now != before[g];
    model::for_each(now, [&](std::uint32_t u) {
      const std::uint8_t vendor =
          offers.state.offer_vendor[std::size_t{u} * offers.world().providers + g];
      REQUIRE(vendor < offers.world().vendors);
      CHECK((offers.world().rules.use_cases[u].offered_by >> vendor & 1u) != 0);
    });
  }
  CHECK(groups > 5);
  CHECK(more > 0);
}

// [eq. 74]
TEST_CASE("members with the vendor of their group pay the less of pool and offer, others all") {
  const Offers offers(2.0, 0.3);
  std::size_t alone = 0, by_pool = 0, by_offer = 0, elsewhere = 0;
  for (std::uint32_t i = 0; i < offers.world().units; ++i)
    for (std::uint32_t u = 0; u < offers.world().use_cases; ++u) {
      const std::uint8_t vendor = model::offering_vendor(offers.world(), offers.state, u, i);
      if (vendor == model::no_common) continue;
      const double scale = offers.state.scale[i], n = offers.world().scale_alone[i];
      const auto terms = [&](std::uint8_t with) {
        return model::terms_of(offers.world(), offers.state, 0, u, i, with, 1000.0, 4.0);
      };
      const model::Terms common = terms(vendor);
      CHECK(common.scale == std::min(scale, (1.0 - 0.3) * n));
      const bool is_offer = common.scale < scale;
      CHECK(common.least == (is_offer ? (1.0 - 0.3) * 1000.0 : 250.0));  // never both
      (is_offer ? (offers.state.member[i] != 0 ? by_offer : alone) : by_pool) += 1;
      const auto other = static_cast<std::uint8_t>((vendor + 1) % offers.world().vendors);
      CHECK(terms(other).scale == scale);
      CHECK(terms(model::no_vendor).scale == scale);
      CHECK(terms(model::no_common).scale == scale);
      ++elsewhere;
    }
  CHECK(alone > 0);
  CHECK(by_pool > 0);
  CHECK(by_offer > 0);
  CHECK(elsewhere == alone + by_pool + by_offer);
}

TEST_CASE("what costs nothing is worth more than anything, unless worth does not count") {
  rules::Launch rule{.pilot_share = 0.3,
                     .horizon_years = 5,
                     .u0 = -3,
                     .beta_value = 1,
                     .beta_peer = 1,
                     .beta_risk = 1,
                     .beta_trust = 1,
                     .evidence_half = 0.1,
                     .decision_rate = 0.4};
  const rules::Prospect free{.benefit = 10,
                             .project = 0,
                             .adaptation = 1.2,
                             .compliance = 0,
                             .grant_share = 0,
                             .run_cost_share = 0.2};
  const rules::Motives motives{0.0, 1.0, 0.5, 0.5, 0.0};
  CHECK(rule.value(free) == INFINITY);
  CHECK(rule.utility(rule.value(free), motives) == INFINITY);
  CHECK(rule.chance(INFINITY) == 0.4);
  rule.beta_value = 0.0;
  CHECK(rule.utility(rule.value(free), motives) == -3.0 - 1.5);
  CHECK(rules::merit_key(0.4, 0.0, INFINITY, 0.5, 0.2) == 0.4 + 0.5 * 0.2);
  CHECK(rules::merit_key(0.4, 0.1, INFINITY, 0.5, 0.2) == INFINITY);
}

// [eq. 36]
TEST_CASE("a common solution for nothing is kept for sure and taken for sure") {
  rules::Switching rule{.horizon_years = 5,
                        .run_cost_share = 0.2,
                        .switch_share = 0.4,
                        .beta_price = 2,
                        .beta_incumbent = 1};
  const double even = rule.chance({1.1, 1.0}, {0.9, 1.0}, 0.4, 0.3);
  CHECK(even == rule.chance({1.1, 0.25}, {0.9, 0.25}, 0.4, 0.3));  // C⁰ψ cancels
  CHECK(rule.chance({1.1, 0.5}, {0.9, 1.0}, 0.4, 0.3) < even);
  CHECK(rule.chance({1.1, 1.0}, {0.9, 0.5}, 0.4, 0.3) > even);
  CHECK(rule.chance({1.1, 0.0}, {0.9, 1.0}, 0.4, 0.3) == 0.0);
  CHECK(rule.chance({1.1, 1.0}, {0.9, 0.0}, 0.4, 0.3) == 1.0);
  rule.beta_price = 0.0;
  CHECK(rule.chance({1.1, 0.0}, {0.9, 1.0}, 0.4, 0.3) == rule.chance({1.1}, {0.9}, 0.4, 0.3));
  CHECK(rules::attraction_of_offer(2.0, 0.9, 0.0, 0.5, 1.0) == INFINITY);
  CHECK(rules::attraction_of_offer(0.0, 0.9, 0.0, 0.5, 1.0) == 0.5);
  CHECK(rules::attraction_of_offer(2.0, 0.9, 1.0, 0.5, 1.0) ==
        rules::attraction(2.0, elementary::log(0.9), 0.5, 1.0));
}
