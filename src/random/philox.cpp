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

/// Four counters a register, word j of each in the low half of a 64-bit lane. Two registers: the
/// lanes of the first are (process 0, block 0), (1, 0), (0, 1), (1, 1), so that blocks come out in
/// the order in which they are stored.
__attribute__((target("avx2"))) void philox_avx2(const Key& key,
                                                 const std::array<std::uint32_t, 4>& processes,
                                                 std::uint32_t entity, std::uint32_t sub_block,
                                                 std::uint32_t quarter, Block* out,
                                                 std::size_t stride) {
  const __m256i m0 = _mm256_set1_epi64x(multiplier_0), m1 = _mm256_set1_epi64x(multiplier_1);
  __m256i c0[2], c1[2], c2[2], c3[2];
  for (std::size_t r = 0; r < 2; ++r) {
    c0[r] = _mm256_set1_epi64x(entity);
    c1[r] = _mm256_set_epi64x(sub_block + 1, sub_block + 1, sub_block, sub_block);
    c2[r] = _mm256_set1_epi64x(quarter);
    c3[r] = _mm256_set_epi64x(processes[2 * r + 1], processes[2 * r], processes[2 * r + 1],
                              processes[2 * r]);
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
    auto* even = reinterpret_cast<__m256i*>(out + 2 * r * stride);
    auto* odd = reinterpret_cast<__m256i*>(out + (2 * r + 1) * stride);
    _mm256_storeu_si256(even, _mm256_unpacklo_epi64(words_01, words_23));
    _mm256_storeu_si256(odd, _mm256_unpackhi_epi64(words_01, words_23));
  }
}

const bool has_avx2 = __builtin_cpu_supports("avx2");

#endif

}  // namespace

void philox(const Key& key, const std::array<std::uint32_t, 4>& processes, std::uint32_t entity,
            std::uint32_t sub_block, std::uint32_t quarter, Block* out, std::size_t stride) {
#ifdef __x86_64__
  if (has_avx2) return philox_avx2(key, processes, entity, sub_block, quarter, out, stride);
#endif
  for (std::size_t p = 0; p < processes.size(); ++p)
    for (std::uint32_t b = 0; b < 2; ++b)
      out[p * stride + b] = philox(key, {entity, sub_block + b, quarter, processes[p]});
}

}  // namespace rathaus::random
