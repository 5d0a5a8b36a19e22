// A run is a pure function of world and key: threads, groupings and other runs change no bit.
#include <tbb/global_control.h>

#include <algorithm>
#include <cstring>

#include "catch.h"
#include "model/germany.h"
#include "model/parallel.h"

using namespace rathaus;
using namespace rathaus::model;

namespace {

template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

bool same(const Outcome& a, const Outcome& b) {
  return same_bits(a.rows, b.rows) && a.services == b.services &&
         a.contracts_renewed == b.contracts_renewed &&
         a.contracts_switched == b.contracts_switched &&
         a.contracts_tendered == b.contracts_tendered && a.pilots_ended == b.pilots_ended &&
         a.vendor_base == b.vendor_base && same_bits(a.vendor_price, b.vendor_price) &&
         std::ranges::equal(a.indices, b.indices, same_bits<float>) &&
         a.first_operation == b.first_operation;
}

}  // namespace

TEST_CASE("threads inside a run change no bit") {
  const test::Germany germany(3 * chunk_units - 17, 40);
  REQUIRE(chunk_count(germany.world->units) == 3);
  std::vector<Outcome> outcomes;
  for (const std::size_t threads : {1u, 2u, 8u}) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    outcomes.push_back(simulate(*germany.world, germany.key()));
  }
  CHECK(same(outcomes[0], outcomes[1]));
  CHECK(same(outcomes[0], outcomes[2]));
  CHECK_FALSE(same(outcomes[0], simulate(*germany.world, germany.key(1))));
}

TEST_CASE("more groupings change nothing in the first") {
  const test::Germany plain(200, 40);
  const test::Germany grouped(200, 40, {}, {"land", "fiscal_class"});
  const Outcome a = simulate(*plain.world, plain.key());
  const Outcome b = simulate(*grouped.world, grouped.key());
  const std::size_t classes = size_class_names.size();
  const std::size_t stride = b.rows.size() / plain.world->quarters;
  for (std::size_t t = 0; t < plain.world->quarters; ++t)
    for (std::size_t c = 0; c < classes; ++c)
      REQUIRE(a.rows[t * classes + c].value == b.rows[t * stride + c].value);
}

TEST_CASE("all groupings sum to the same whole") {
  const test::Germany germany(200, 40, {}, {"land", "fiscal_class"});
  const Outcome outcome = simulate(*germany.world, germany.key());
  const std::size_t stride = outcome.rows.size() / germany.world->quarters;
  for (std::size_t t = 0; t < germany.world->quarters; ++t) {
    std::vector<Row> sums;
    std::size_t row = t * stride;
    for (const Grouping& grouping : germany.world->groupings) {
      sums.emplace_back();
      for (std::size_t c = 0; c < grouping.labels.size(); ++c, ++row)
        for (std::size_t k = 0; k < indicator_count; ++k)
          sums.back().value[k] += outcome.rows[row].value[k];
    }
    REQUIRE(sums[0].value == sums[1].value);
    REQUIRE(sums[0].value == sums[2].value);
  }
}

TEST_CASE("chunks: every unit once, in chunks of full size but the last") {
  for (const std::uint32_t units :
       {1u, 60u, chunk_units, chunk_units + 1, 3 * chunk_units, 5 * chunk_units - 1}) {
    std::vector<std::uint32_t> sizes(chunk_count(units), 0);
    std::vector<std::uint8_t> seen(units, 0);
    for_chunks(units, [&](std::uint32_t chunk, std::uint32_t first, std::uint32_t last) {
      sizes[chunk] = last - first;
      for (std::uint32_t i = first; i < last; ++i) ++seen[i];
    });
    CHECK(std::ranges::count(seen, 1) == units);
    for (std::size_t c = 0; c + 1 < sizes.size(); ++c) CHECK(sizes[c] == chunk_units);
    CHECK(sizes.back() > 0);
    CHECK(sizes.back() <= chunk_units);
  }
}
