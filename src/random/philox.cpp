#include "random/philox.h"

#include <Random123/philox.h>

#include <vector>

#if defined(__x86_64__) && !defined(RATHAUS_ONE_BY_ONE)
#define RATHAUS_X86_VECTORS
#include <immintrin.h>
#endif

namespace rathaus::random {

Block philox(const Key& key, const Block& counter) {
  const r123::Philox4x32 generator;  // ten rounds
  const r123::Philox4x32::ctr_type words =
      generator({{counter[0], counter[1], counter[2], counter[3]}},
                r123::Philox4x32::key_type{{key.word[0], key.word[1]}});
  return {words[0], words[1], words[2], words[3]};
}

namespace {

#ifdef RATHAUS_X86_VECTORS

constexpr std::uint32_t multiplier_0 = 0xD2511F53, multiplier_1 = 0xCD9E8D57;
constexpr std::uint32_t weyl_0 = 0x9E3779B9, weyl_1 = 0xBB67AE85;
constexpr int rounds = 10;

// A register holds one word of several counters, each in the low half of a 64-bit lane. The
// multiplication reads low halves only: what the high halves hold does not matter. Four registers
// of counters take turns, since a single chain would wait for its multiplications.
constexpr std::size_t chains = 4;

__attribute__((target("avx2"))) void philox_avx2(const Key& key, const Counters& counters,
                                                 std::array<Row, 4>& words) {
  const __m256i m0 = _mm256_set1_epi64x(multiplier_0), m1 = _mm256_set1_epi64x(multiplier_1);
  const __m256i low_halves = _mm256_setr_epi32(0, 2, 4, 6, 1, 3, 5, 7);
  constexpr std::size_t lanes = 4, together = lanes * chains / 2;  // sixteen registers hold two
  for (std::size_t first = 0; first < counters.count; first += together) {
    __m256i c[4][chains / 2];
    for (std::size_t r = 0; r < chains / 2; ++r) {
      const auto load = [&](const std::uint32_t* from) __attribute__((target("avx2"))) {
        return _mm256_cvtepu32_epi64(
            _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + first + lanes * r)));
      };
      c[0][r] = load(counters.entities);
      c[1][r] = load(counters.sub_blocks);
      c[2][r] = _mm256_set1_epi64x(counters.quarter);
      c[3][r] = load(counters.processes);
    }
    std::uint32_t k0 = key.word[0], k1 = key.word[1];
    for (int round = 0; round < rounds; ++round) {
      const __m256i key_0 = _mm256_set1_epi64x(k0), key_1 = _mm256_set1_epi64x(k1);
      for (std::size_t r = 0; r < chains / 2; ++r) {
        const __m256i p0 = _mm256_mul_epu32(c[0][r], m0), p1 = _mm256_mul_epu32(c[2][r], m1);
        c[0][r] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p1, 32), c[1][r]), key_0);
        c[2][r] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p0, 32), c[3][r]), key_1);
        c[1][r] = p1;
        c[3][r] = p0;
      }
      k0 += weyl_0;
      k1 += weyl_1;
    }
    for (std::size_t w = 0; w < 4; ++w)
      for (std::size_t r = 0; r < chains / 2; ++r)
        _mm_store_si128(reinterpret_cast<__m128i*>(&words[w][first + lanes * r]),
                        _mm256_castsi256_si128(_mm256_permutevar8x32_epi32(c[w][r], low_halves)));
  }
}

__attribute__((target("avx512f"))) void philox_avx512(const Key& key, const Counters& counters,
                                                      std::array<Row, 4>& words) {
  const __m512i m0 = _mm512_set1_epi64(multiplier_0), m1 = _mm512_set1_epi64(multiplier_1);
  constexpr std::size_t lanes = 8, together = lanes * chains;
  constexpr int xor_of_three = 0x96;
  constexpr __mmask8 all = 0xff;  // g++ 12 warns of its own header where no mask is given
  for (std::size_t first = 0; first < counters.count; first += together) {
    __m512i c[4][chains];
    for (std::size_t r = 0; r < chains; ++r) {
      const auto load = [&](const std::uint32_t* from) __attribute__((target("avx512f"))) {
        return _mm512_maskz_cvtepu32_epi64(
            all, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + first + lanes * r)));
      };
      c[0][r] = load(counters.entities);
      c[1][r] = load(counters.sub_blocks);
      c[2][r] = _mm512_set1_epi64(counters.quarter);
      c[3][r] = load(counters.processes);
    }
    std::uint32_t k0 = key.word[0], k1 = key.word[1];
    for (int round = 0; round < rounds; ++round) {
      const __m512i key_0 = _mm512_set1_epi64(k0), key_1 = _mm512_set1_epi64(k1);
      for (std::size_t r = 0; r < chains; ++r) {
        const __m512i p0 = _mm512_maskz_mul_epu32(all, c[0][r], m0),
                      p1 = _mm512_maskz_mul_epu32(all, c[2][r], m1);
        c[0][r] = _mm512_ternarylogic_epi64(_mm512_maskz_srli_epi64(all, p1, 32), c[1][r], key_0,
                                            xor_of_three);
        c[2][r] = _mm512_ternarylogic_epi64(_mm512_maskz_srli_epi64(all, p0, 32), c[3][r], key_1,
                                            xor_of_three);
        c[1][r] = p1;
        c[3][r] = p0;
      }
      k0 += weyl_0;
      k1 += weyl_1;
    }
    for (std::size_t w = 0; w < 4; ++w)
      for (std::size_t r = 0; r < chains; ++r)
        _mm256_store_si256(reinterpret_cast<__m256i*>(&words[w][first + lanes * r]),
                           _mm512_maskz_cvtepi64_epi32(all, c[w][r]));
  }
}

#endif

void philox_one_by_one(const Key& key, const Counters& counters, std::array<Row, 4>& words) {
  for (std::size_t k = 0; k < counters.count; ++k) {
    const Block block = philox(key, {counters.entities[k], counters.sub_blocks[k], counters.quarter,
                                     counters.processes[k]});
    for (std::size_t w = 0; w < 4; ++w) words[w][k] = block[w];
  }
}

std::vector<SideBySide> known_to_this_processor() {
  std::vector<SideBySide> known;
#ifdef RATHAUS_X86_VECTORS
  if (__builtin_cpu_supports("avx512f")) known.push_back(philox_avx512);
  if (__builtin_cpu_supports("avx2")) known.push_back(philox_avx2);
#endif
  known.push_back(philox_one_by_one);
  return known;
}

}  // namespace

std::span<const SideBySide> ways_side_by_side() {
  static const std::vector<SideBySide> known = known_to_this_processor();
  return known;
}

void philox(const Key& key, const Counters& counters, std::array<Row, 4>& words) {
  static const SideBySide fastest = ways_side_by_side().front();
  fastest(key, counters, words);
}

}  // namespace rathaus::random
