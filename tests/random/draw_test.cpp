#include <cmath>
#include <set>
#include <tuple>

#include "catch.h"
#include "random/draw_list.h"
#include "random/philox.h"

using namespace rathaus::random;

TEST_CASE("blocks are those of Philox4x32-10") {
  // known answers of the Random123 distribution (kat_vectors, philox4x32 10)
  const Key zero{};
  CHECK(block(zero, Process{0}, 0, 0, 0) == Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  const Key ones{{0xffffffff, 0xffffffff}};
  CHECK(block(ones, Process{0xffffffff}, 0xffffffff, 0xffffffff, 0xffffffff) ==
        Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  // the counter is (entity, sub block, quarter, process)
  const Key pi{{0xa4093822, 0x299f31d0}};
  CHECK(block(pi, Process{0x03707344}, 0x243f6a88, 0x85a308d3, 0x13198a2e) ==
        Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("a draw depends on its key and name alone") {
  const Key key = run_key(42, 0, 7);
  for (std::uint32_t sub = 0; sub < 16; ++sub)
    CHECK(uniform(key, Process::launch, 3, sub, 9) ==
          to_uniform(block(key, Process::launch, 3, sub / 4, 9)[sub % 4]));
  Draws draws(key, Process::launch, 3, 9);
  for (const std::uint32_t sub : {5u, 0u, 15u, 5u, 1u, 4u})  // any order, asked again
    CHECK(draws(sub) == uniform(key, Process::launch, 3, sub, 9));
}

TEST_CASE("draws side by side are the draws one by one, by every way that the processor has") {
  std::array<std::uint32_t, row_entities> entities;
  for (std::uint32_t quarter = 0; quarter < 20; ++quarter) {
    const Key key = run_key(quarter, 1, 2);
    for (std::uint32_t e = 0; e < row_entities; ++e)
      entities[e] = 977 * e + 0x04000000 * quarter;  // small and large ones
    DrawRows rows(key, Process::launch, entities.data(), quarter);
    for (const std::uint32_t sub : {5u, 0u, 15u, 5u, 10u, 1u})  // any order, asked again
      for (std::uint32_t e = 0; e < row_entities; ++e)
        REQUIRE(to_uniform(rows(sub)[e]) ==
                uniform(key, Process::launch, entities[e], sub, quarter));
    DrawList list(key, quarter);
    while (!list.is_full()) list.add(Process::launch, 7, 0);  // what came before leaves no trace
    list.compute();
    list.clear();
    for (std::uint32_t k = 0; k < 3 * quarter; ++k) {
      CHECK(list.add(Process{k % 3}, entities[7 * k % row_entities], k % 16) == k);
      list.compute();  // as often as one likes
      for (std::uint32_t place = 0; place <= k; ++place)
        REQUIRE(list[place] == uniform(key, Process{place % 3}, entities[7 * place % row_entities],
                                       place % 16, quarter));
    }
  }
}

TEST_CASE("every way of computing blocks that the processor has gives the same") {
  std::array<std::uint32_t, row_entities> entities, sub_blocks, processes;
  for (std::uint32_t e = 0; e < row_entities; ++e) {
    entities[e] = 0x04000001 * e;
    sub_blocks[e] = 5 * e % 7;
    processes[e] = 3 * e % 50;
  }
  for (const SideBySide philox_of_many : ways_side_by_side())
    for (std::size_t count = 0; count <= row_entities; ++count) {
      const Key key = run_key(count, 1, 2);
      std::array<Row, 4> found;
      philox_of_many(key, {entities.data(), sub_blocks.data(), processes.data(), 9, count}, found);
      for (std::size_t e = 0; e < count; ++e) {
        const Block words = block(key, Process{processes[e]}, entities[e], sub_blocks[e], 9);
        for (std::size_t w = 0; w < words.size(); ++w) REQUIRE(found[w][e] == words[w]);
      }
    }
}

TEST_CASE("whole numbers tell which draws are below a probability, exactly") {
  for (std::uint32_t sub = 0; sub < 64; ++sub) {
    const Block words = block(run_key(3, 0, 0), Process::launch, 5, sub, 7);
    for (const std::uint32_t word : {words[0], words[1] >> 24, ~(words[2] >> 24), 0u, UINT32_MAX}) {
      const double draw = to_uniform(word);
      for (const double p : {0.0, draw, std::nextafter(draw, 0.0), std::nextafter(draw, 1.0), 1.0,
                             draw / 2, 2 * draw, -0.1, 1.5, 0x1p-34})
        REQUIRE((word < words_below(p)) == (draw < p));
    }
  }
  CHECK(words_below(0x1p-33) == 0);  // the lowest draw is not below itself
  CHECK(words_below(std::nextafter(0x1p-33, 1.0)) == 1);
  CHECK(words_below(1.0) == 1ull << 32);
}

// [eq. 47]
TEST_CASE("uniforms lie strictly inside (0,1)") {
  CHECK(to_uniform(0) == 0x1p-33);
  CHECK(to_uniform(UINT32_MAX) == 1.0 - 0x1p-33);
}

// [eq. 49]
TEST_CASE("every run, point and world has its own key") {
  std::set<std::array<std::uint32_t, 2>> keys;
  for (std::uint64_t seed : {0ull, 1ull, 1ull << 32, 20260101ull}) {
    keys.insert(world_key(seed).word);
    for (std::uint32_t point = 0; point < 20; ++point)
      for (std::uint32_t replicate = 0; replicate < 20; ++replicate)
        keys.insert(run_key(seed, point, replicate).word);
  }
  CHECK(keys.size() == 4 * 401);
}

// [eqs. 47, 48]
TEST_CASE("uniforms and normals have the right moments") {
  // 10^5 draws with a fixed key; bounds at 5 standard errors: false alarm < 1e-6
  const Key key = run_key(1, 0, 0);
  const int n = 100'000;
  double sum = 0, squares = 0, normal_sum = 0, normal_squares = 0;
  for (int i = 0; i < n; ++i) {
    const auto entity = static_cast<std::uint32_t>(i);
    const double u = uniform(key, Process::awareness, entity, 2, 5);
    const double z = normal(key, Process::traits, entity, 2, 0);
    sum += u;
    squares += u * u;
    normal_sum += z;
    normal_squares += z * z;
  }
  CHECK(std::abs(sum / n - 0.5) < 5 * std::sqrt(1.0 / 12 / n));
  CHECK(std::abs(squares / n - 1.0 / 3) < 5 * std::sqrt(4.0 / 45 / n));
  CHECK(std::abs(normal_sum / n) < 5 * std::sqrt(1.0 / n));
  CHECK(std::abs(normal_squares / n - 1.0) < 5 * std::sqrt(2.0 / n));
}
