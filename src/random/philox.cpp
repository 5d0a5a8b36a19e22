#include "random/philox.h"

#include <Random123/philox.h>

#ifdef __x86_64__
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

#ifdef __x86_64__

constexpr long long multiplier_0 = 0xD2511F53, multiplier_1 = 0xCD9E8D57;
constexpr std::uint32_t weyl_0 = 0x9E3779B9, weyl_1 = 0xBB67AE85;

/// Word j of four counters, each in the low half of a 64-bit lane, as 0 2 1 3: interleaved, so that
/// the two halves of every block come out side by side.
__attribute__((target("avx2"))) __m256i spread(const std::uint32_t* words) {
  const __m128i four = _mm_loadu_si128(reinterpret_cast<const __m128i*>(words));
  return _mm256_permute4x64_epi64(_mm256_cvtepu32_epi64(four), 0b11011000);
}

__attribute__((target("avx2"))) void philox_avx2(const Key& key, const Counters& counters,
                                                 Block* out) {
  const __m256i m0 = _mm256_set1_epi64x(multiplier_0), m1 = _mm256_set1_epi64x(multiplier_1);
  __m256i c0[2], c1[2], c2[2], c3[2];
  for (std::size_t r = 0; r < 2; ++r) {
    c0[r] = spread(&counters.entity[4 * r]);
    c1[r] = spread(&counters.sub_block[4 * r]);
    c2[r] = spread(&counters.quarter[4 * r]);
    c3[r] = spread(&counters.process[4 * r]);
  }
  std::uint32_t k0 = key.word[0], k1 = key.word[1];
  for (int round = 0; round < 10; ++round) {
    const __m256i key_0 = _mm256_set1_epi64x(k0), key_1 = _mm256_set1_epi64x(k1);
    for (std::size_t r = 0; r < 2; ++r) {
      // the multiplication reads low halves only: what the high halves hold does not matter
      const __m256i p0 = _mm256_mul_epu32(c0[r], m0), p1 = _mm256_mul_epu32(c2[r], m1);
      c0[r] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p1, 32), c1[r]), key_0);
      c2[r] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p0, 32), c3[r]), key_1);
      c1[r] = p1;
      c3[r] = p0;
    }
    k0 += weyl_0;
    k1 += weyl_1;
  }
  const __m256i low = _mm256_set1_epi64x(0xffffffff);
  for (std::size_t r = 0; r < 2; ++r) {
    const __m256i words_01 =
        _mm256_or_si256(_mm256_and_si256(c0[r], low), _mm256_slli_epi64(c1[r], 32));
    const __m256i words_23 =
        _mm256_or_si256(_mm256_and_si256(c2[r], low), _mm256_slli_epi64(c3[r], 32));
    auto* at = reinterpret_cast<__m256i*>(out + 4 * r);
    _mm256_storeu_si256(at, _mm256_unpacklo_epi64(words_01, words_23));
    _mm256_storeu_si256(at + 1, _mm256_unpackhi_epi64(words_01, words_23));
  }
}

const bool has_avx2 = __builtin_cpu_supports("avx2");

#endif

}  // namespace

void philox(const Key& key, const Counters& counters, Block* out) {
#ifdef __x86_64__
  if (has_avx2) return philox_avx2(key, counters, out);
#endif
  for (std::size_t i = 0; i < Counters::lanes; ++i)
    out[i] = philox(
        key, {counters.entity[i], counters.sub_block[i], counters.quarter[i], counters.process[i]});
}

}  // namespace rathaus::random
