// Who gets what, in cents, and who is cut off: small worlds worked out by hand [ODD 7.23].
#include "catch.h"
#include "model/applications.h"
#include "model/germany.h"

using namespace rathaus;
using namespace rathaus::model;

namespace {

constexpr Cents eur = 100;

/// Six units with chosen size and fiscal strength: 0, 1 weak, 2, 3 middle, 4, 5 strong; 0 to 2 in
/// one region, 3 to 5 in another.
Municipalities six_units() {
  Municipalities m;
  m.entity = {0, 1, 2, 3, 4, 5};
  m.id = m.name = {"a", "b", "c", "d", "e", "f"};
  m.population = {1'000, 3'000, 2'000, 8'000, 30'000, 200'000};
  m.fiscal = {0.5, 0.8, 1.0, 1.1, 1.2, 1.5};
  m.region = {0, 0, 0, 1, 1, 1};
  m.land = m.provider = {0, 0, 0, 0, 0, 0};
  m.region_names = {"north", "south"};
  m.land_names = m.provider_names = {"land"};
  m.network.first.assign(7, 0);
  m.national_units = 6;
  return m;
}

Programme grant(AwardRule rule, Cents budget) {
  Programme programme;
  programme.name = "call";
  programme[Port::grant_pilot].value = {0.8, 0.0, 0.0, 0.0};
  programme.window = {.first = 0, .length = 8, .last = 0};
  programme.budget = {.kind = BudgetKind::total, .amount = budget};
  programme.award = rule;
  return programme;
}

/// A world of six units with one programme, at the moment before K3 of its first quarter.
struct Call {
  Municipalities municipalities = six_units();
  std::unique_ptr<World> world;
  std::unique_ptr<State> state;
  random::Key key = random::run_key(1, 0, 0);

  explicit Call(const Programme& programme) {
    static const test::Germany germany(2);
    Rules rules = germany.study.rules;
    rules.programmes = {programme};
    world = std::make_unique<World>(municipalities, rules, 40);
    state = std::make_unique<State>(*world, key);
    fill_pots(*world, *state);
    update_scale(*world, *state);
  }

  void apply(std::uint32_t unit, Cents amount, double award_key, bool own = false,
             std::uint8_t use_case = 0) {
    state->report.orders.push_back(
        {unit,
         use_case,
         0,
         2 * amount,
         {.programme = 0, .own = own, .grant = amount, .key = award_key}});
  }

  /// Units that keep an award, in order.
  std::vector<std::uint32_t> awarded() {
    decide_applications(*world, *state);
    std::vector<std::uint32_t> units;
    for (const Order& order : state->report.orders)
      if (order.application.programme == 0) units.push_back(order.unit);
    return units;
  }
  Cents granted() const {
    Cents sum = 0;
    for (const Order& order : state->report.orders) sum += order.application.grant;
    return sum;
  }
};

using Units = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("strict cut-off: the first application that does not fit closes the call") {
  Call call(grant(AwardRule::lottery, 1'000 * eur));
  call.apply(0, 100 * eur, 0.6);            // would fit, but comes after the cut-off
  call.apply(1, 500 * eur, 0.8);            // 900
  call.apply(2, 400 * eur, 0.9);            // 400
  call.apply(3, 100 * eur + 1, 0.7, true);  // 1,000.01: one cent too much
  CHECK(call.awarded() == Units{1, 2});
  CHECK(call.granted() == 900 * eur);
  // who would start anyway goes on without a grant; the other vanishes
  REQUIRE(call.state->report.orders.size() == 3);
  CHECK(call.state->report.orders[2].unit == 3);
  CHECK(call.state->report.orders[2].application.grant == 0);
  CHECK(call.state->report.orders[2].application.programme == no_programme);
}

TEST_CASE("the last cent is spent, and equal keys go by the lower unit, then the use case") {
  Call call(grant(AwardRule::lottery, 1'000 * eur));
  call.apply(0, 400 * eur, 0.5, false, 1);
  call.apply(0, 300 * eur, 0.5, false, 0);
  call.apply(2, 300 * eur, 0.5);
  call.apply(4, 1, 0.5);
  CHECK(call.awarded() == Units{0, 0, 2});
  CHECK(call.granted() == 1'000 * eur);
}

TEST_CASE("quota: reserved shares class by class, then everybody within the rest") {
  Programme programme = grant(AwardRule::quota, 1'000 * eur);
  programme.reserve = {ClassKind::fiscal, {0.5, 0.0, 0.2, 0.0}};
  Call call(programme);
  call.apply(0, 300 * eur, 0.9);            // weak: 300 of 500
  call.apply(1, 250 * eur, 0.8);            // weak: 550 > 500 closes the reserve
  call.apply(1, 100 * eur, 0.7, false, 1);  // weak: would fit, closed
  call.apply(2, 400 * eur, 0.95);           // middle: nothing reserved
  call.apply(4, 150 * eur, 0.1);            // strong: 150 of 200
  // rest 1,000 − 300 − 150 = 550: middle 400 first (0.95); weak 250 (0.8) exceeds 150 and closes
  CHECK(call.awarded() == Units{0, 2, 4});
  CHECK(call.granted() == 850 * eur);
}

TEST_CASE("quota by size class; a reserve is rounded down to the cent") {
  Programme programme = grant(AwardRule::quota, 101);
  programme.reserve = {ClassKind::size, {0.5, 0.0, 0.0, 0.0}};
  Call call(programme);
  call.apply(0, 51, 0.1);  // <5k, but ⌊50.5⌋ = 50 cents are reserved
  call.apply(5, 60, 0.9);  // >=100k takes 60 of 101; 51 do not fit any more
  CHECK(call.awarded() == Units{5});
}

TEST_CASE("quota: what is left of a large pot is known to the cent") {
  Programme programme = grant(AwardRule::quota, 100'000'002);
  programme.reserve = {ClassKind::fiscal, {0.5, 0.0, 0.0, 0.0}};
  const auto decide = [&](Cents amount) {
    Call call(programme);
    call.apply(0, 49'999'999, 0.9);  // weak, of 50,000,001 reserved
    call.apply(4, amount, 0.5);
    return call.awarded();
  };
  CHECK(decide(50'000'003) == Units{0, 4});
  CHECK(decide(50'000'004) == Units{0});
}

TEST_CASE("joint applications: sum of grants, mean of keys, all or none") {
  Programme programme = grant(AwardRule::merit, 1'000 * eur);
  programme.joint = true;
  const auto decide = [&](Cents budget, double last = 0.71) {
    programme.budget.amount = budget;
    Call call(programme);
    call.state->member[0] = call.state->member[1] = call.state->member[4] = 1;
    call.apply(0, 300 * eur, 0.9);
    call.apply(1, 300 * eur, 0.5);             // with unit 0: 600, key 0.7
    call.apply(1, 100 * eur, 0.75, false, 1);  // another use case: an application of its own
    call.apply(2, 500 * eur, 0.8);             // same region, not a member: alone
    call.apply(4, 50 * eur, last);             // member of another region: alone
    return call.awarded();
  };
  CHECK(decide(1'249 * eur) == Units{1, 2, 4});  // 500 + 100 + 50, 600 do not fit
  CHECK(decide(1'250 * eur) == Units{0, 1, 1, 2, 4});
  CHECK(decide(1'249 * eur, 0.69) == Units{0, 1, 1, 2});  // the two come first, by nothing but 0.01
}

// [eq. 67]
TEST_CASE("award keys follow their formula") {
  const auto key_of = [](AwardRule rule, std::uint32_t unit, double score, double free_staff) {
    Call call(grant(rule, 1'000 * eur));
    Report report;
    report.clear(*call.world);
    report.orders.push_back({unit, 3, 0, 100, {.programme = 0, .grant = 80, .key = score}});
    call.state->data[unit] = 0.4;
    Turn turn(*call.world, call.key, *call.state, report, unit);
    set_award_keys(turn, 0, 0, free_staff);
    return report.orders[0].application.key;
  };
  const double luck =
      random::uniform(random::run_key(1, 0, 0), random::Process::award_score, 2, 3, 0);
  CHECK(key_of(AwardRule::lottery, 2, 1.5, 0.3) == luck);
  CHECK(key_of(AwardRule::fcfs, 2, 1.5, 0.3) == -luck / (0.1 + 0.3));
  CHECK(key_of(AwardRule::fcfs, 2, 1.5, -2.0) == -luck / 0.1);  // more staff, faster
  CHECK(key_of(AwardRule::merit, 2, 1.5, 0.3) == 0.4 + 0.3 * 1.5 + 0.2 * luck);
  CHECK(key_of(AwardRule::quota, 2, 1.5, 0.3) == 0.4 + 0.3 * 1.5 + 0.2 * luck);
  CHECK(key_of(AwardRule::need, 2, 1.5, 0.3) == -1.0);  // f of unit 2
}

TEST_CASE("four rules, the same three applicants, money for two: each rule has its own winners") {
  // unit 0: weak, poor data, no staff free; unit 2: middle, the best data, some staff; unit 4:
  // strong, good data, much staff. Each asks for 300 of 700 EUR.
  const auto winners = [](AwardRule rule) {
    Call call(grant(rule, 700 * eur));
    const std::array<std::uint32_t, 3> units{0, 2, 4};
    const std::array data{0.1, 0.9, 0.6}, free_staff{0.0, 5.0, 50.0};
    for (std::size_t n = 0; n < units.size(); ++n) {
      Report report;
      report.clear(*call.world);
      report.orders.push_back(
          {units[n], 0, 0, 600 * eur, {.programme = 0, .own = false, .grant = 300 * eur}});
      call.state->data[units[n]] = data[n];
      Turn turn(*call.world, call.key, *call.state, report, units[n]);
      set_award_keys(turn, 0, 0, free_staff[n]);
      call.state->report.orders.push_back(report.orders.front());
    }
    const Units who = call.awarded();
    CHECK(call.granted() == 600 * eur);
    CHECK(call.state->report.orders.size() == 2);  // the third vanishes: it needed the grant
    return who;
  };
  CHECK(winners(AwardRule::need) == Units{0, 2});   // f = 0.5, 1.0 before 1.2
  CHECK(winners(AwardRule::merit) == Units{2, 4});  // 0.9 and 0.6 against at most 0.1 + 0.2
  // luck is 0.37, 0.64, 0.11; staff finishes the papers first: 0.11/50.1, 0.64/5.1, 0.37/0.1
  CHECK(winners(AwardRule::fcfs) == Units{2, 4});
  CHECK(winners(AwardRule::lottery) == Units{0, 2});
}

// [eq. 64]
TEST_CASE("formula: entitlements by inhabitants and weakness, drawn on to the last cent") {
  Programme programme = grant(AwardRule::formula, 2'100 * eur);
  programme.cap_per_award = 600 * eur;
  Call call(programme);
  choose_supported(*call.world, call.key, *call.state);
  // w = N(1 − f)₊: 500, 600, 0, 0, 0, 0
  std::vector<Cents>& entitlement = call.state->funding.entitlement[0];
  CHECK(entitlement[0] == 95'454);   // ⌊210,000 · 500/1,100⌋
  CHECK(entitlement[1] == 114'545);  // ⌊210,000 · 600/1,100⌋
  CHECK(entitlement[2] == 0);
  Report report;
  report.clear(*call.world);
  Turn strong(*call.world, call.key, *call.state, report, 2);
  CHECK_FALSE(best_offer(strong, 0, Port::grant_pilot));
  Turn weak(*call.world, call.key, *call.state, report, 0);
  const Offer offer = best_offer(weak, 0, Port::grant_pilot);
  REQUIRE(offer);
  CHECK(grant_of(weak, offer, 1'000 * eur) == 600 * eur);  // 80 % of 1,000, capped at 600
  CHECK(filing_effort(weak, offer) == 0.0);
  file(weak, 0, {.programme = 0, .own = false, .grant = 600 * eur, .key = 0.0});
  CHECK(entitlement[0] == 35'454);
  CHECK(grant_of(weak, offer, 1'000 * eur) == 35'454);
  file(weak, 1, {.programme = 0, .own = false, .grant = 35'454, .key = 0.0});
  CHECK_FALSE(best_offer(weak, 2, Port::grant_pilot));
}

// [eq. 63]
TEST_CASE("stock programmes pay unit cost times project scale until the first that does not fit") {
  Programme programme;
  programme.name = "advice";
  programme[Port::aware].value = {1.0, 0.0, 0.0, 0.0};
  programme.window = {.first = 0, .length = 8, .last = 0};
  programme.budget = {.kind = BudgetKind::total, .amount = 3'000 * eur};
  programme.unit_cost = 1'000.0;
  programme.award = AwardRule::need;
  Call call(programme);
  call.state->scale = {0.5, 1.2345678, 2.0, 0.1, 1.0, 1.0};
  choose_supported(*call.world, call.key, *call.state);
  // by need 0, 1, 2, …: 500.00 + 1,234.57; 2,000.00 do not fit, and nobody after that is asked
  const Funding& funding = call.state->funding;
  CHECK(funding.support == std::vector<Cents>{50'000, 123'457, 0, 0, 0, 0});
  CHECK(funding.pot[0].paid == 173'457);
  CHECK(funding.pot[0].remaining == 300'000 - 173'457);
  CHECK(funding.acting == std::vector<std::uint32_t>{1, 1, 0, 0, 0, 0});
  CHECK(funding.eligible == std::vector<std::uint32_t>{1, 1, 1, 1, 1, 1});

  SECTION("lottery: by luck, which hangs on the name") {
    programme.award = AwardRule::lottery;
    Call drawn(programme);
    drawn.state->scale.assign(6, 1.0);  // three of six
    choose_supported(*drawn.world, drawn.key, *drawn.state);
    std::uint32_t hash = 2166136261u;
    for (const char c : std::string("advice"))
      hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    std::vector<std::pair<double, std::uint32_t>> luck;
    for (std::uint32_t i = 0; i < 6; ++i)
      luck.emplace_back(random::uniform(drawn.key, random::Process::stock_recipients, i, hash, 0),
                        i);
    std::ranges::sort(luck, std::greater<>());
    for (std::size_t place = 0; place < 6; ++place)
      CHECK((drawn.state->funding.acting[luck[place].second] == 1) == (place < 3));
  }
}

// [eq. 66]
TEST_CASE("application effort: days of staff, shared by a cooperation that applies together") {
  Programme programme = grant(AwardRule::merit, 1'000 * eur);
  programme.application_days = 10.0;  // of 50 working days a quarter
  programme.joint = true;
  Call call(programme);
  choose_supported(*call.world, call.key, *call.state);
  Report report;
  report.clear(*call.world);
  Turn turn(*call.world, call.key, *call.state, report, 1);
  const Offer offer = best_offer(turn, 0, Port::grant_pilot);
  REQUIRE(offer);
  CHECK(filing_effort(turn, offer) == 10.0 / 50.0);
  call.state->member[1] = 1;
  call.state->pool_members[0] = 4;
  CHECK(filing_effort(turn, offer) == 10.0 / (50.0 * 4.0));
}

// [eq. 60]
TEST_CASE("windows: opening, back to back, announced") {
  const Window yearly{.first = 4, .length = 2, .every = 4, .last = 12};
  const Window seamless{.first = 4, .length = 4, .every = 4, .last = 12};
  const Window once{.first = 4, .length = 3};
  std::string opens, yearly_open, seamless_open, once_open;
  for (std::int32_t t = 0; t < 18; ++t) {
    opens += yearly.opens(t) ? 'x' : '.';
    yearly_open += yearly.contains(t) ? 'x' : '.';
    seamless_open += seamless.contains(t) ? 'x' : '.';
    once_open += once.contains(t) ? 'x' : '.';
  }
  CHECK(opens == "....x...x...x.....");
  CHECK(yearly_open == "....xx..xx..xx....");
  CHECK(seamless_open == "....xxxxxxxxxxxx..");
  CHECK(once_open == "....xxx...........");
}

// [eq. 61]
TEST_CASE("pots: refilled once a calendar year; what is not carried over is returned") {
  Programme programme = grant(AwardRule::lottery, 0);
  programme.window = {.first = 2, .length = 3, .every = 4, .last = 10, .announced = 1};
  programme.budget = {.kind = BudgetKind::per_year, .amount = 100 * eur};
  const auto story = [&](bool carry_over) {
    programme.budget.carry_over = carry_over;
    Call call(programme);  // quarter 0 is computed by the constructor
    std::string text = call.state->funding.pot[0].announced ? "!" : ".";
    for (call.state->quarter = 1; call.state->quarter < 14; ++call.state->quarter) {
      fill_pots(*call.world, *call.state);
      Pot& pot = call.state->funding.pot[0];
      text += pot.refilled > 0 ? 'R' : pot.open ? 'o' : pot.announced ? '!' : '.';
      if (pot.returned > 0) text += '-' + std::to_string(pot.returned / eur);
      if (pot.open && pot.refilled > 0) {
        pot.remaining -= 30 * eur;  // somebody is paid
        pot.paid += 30 * eur;
      }
    }
    return text + " " + std::to_string(call.state->funding.pot[0].remaining / eur);
  };
  // windows 2–4, 6–8, 10–12; years begin at 0, 4, 8, 12: refills in 2, 4, 8, 12
  CHECK(story(false) == ".!RoR-70!ooR-70!ooR-70. 70");
  CHECK(story(true) == ".!RoR!ooR!ooR. 280");
}

TEST_CASE("budgets and reserves are exact to the last cent and the last per cent") {
  Programme programme = grant(AwardRule::quota, 123'456'789'01);
  programme.budget.amount += 1;                                   // no float holds it
  programme.reserve = {ClassKind::fiscal, {0.5, 0.3, 0.2, 0.0}};  // all of it is reserved
  CHECK(faults_of(programme, 40).empty());
  programme.reserve.value[2] = 0.201;
  CHECK(faults_of(programme, 40).size() == 1);
  CHECK(Call(programme).state->funding.pot[0].refilled == 123'456'789'02);
}
