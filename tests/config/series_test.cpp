#include "model_folder/series.h"

#include "catch.h"

namespace rathaus::config {

using namespace model_folder;
using namespace toml_reader;
namespace {

using Values = std::vector<double>;
using model::CalendarQuarter;

const Path linear{true, {{{2022, 1}, 1.0}, {{2023, 1}, 3.0}, {{2023, 3}, 2.0}}};

TEST_CASE("a linear path is constant outside its points and straight between them") {
  CHECK(expand(linear, {2021, 3}, 11) == Values{1, 1, 1, 1.5, 2, 2.5, 3, 2.5, 2, 2, 2});
}

TEST_CASE("a step holds the last value given") {
  const Path step{false, linear.points};
  CHECK(expand(step, {2021, 3}, 11) == Values{1, 1, 1, 1, 1, 1, 3, 3, 2, 2, 2});
}

TEST_CASE("a quarter of the calendar has its value whenever a run starts") {
  for (const bool is_linear : {true, false}) {
    const Path path{is_linear, linear.points};
    const Values whole = expand(path, {2020, 1}, 40);
    for (std::uint32_t later = 1; later < 30; ++later) {
      const CalendarQuarter start =
          CalendarQuarter::from_index(CalendarQuarter{2020, 1}.index() + static_cast<int>(later));
      CHECK(expand(path, start, 40 - later) ==
            Values(whole.begin() + static_cast<std::ptrdiff_t>(later), whole.end()));
    }
  }
}

TEST_CASE("duties of deployers begin in their quarter and stay") {
  CHECK(step_from({2022, 1}, {2021, 3}, 4) == Values{0, 0, 1, 1});
  CHECK(step_from({2020, 1}, {2021, 3}, 2) == Values{1, 1});
  CHECK(step_from({2030, 1}, {2021, 3}, 2) == Values{0, 0});
}

}  // namespace
}  // namespace rathaus::config
