#include "model/lanes.h"

#ifdef RATHAUS_AVX512
#include <immintrin.h>
#endif

namespace rathaus::model {

RATHAUS_ANY_PROCESSOR void look_up(const std::array<double, table_entries>& table,
                                   const std::uint8_t* index, PerLane<double>& found) {
  for (std::uint32_t l = 0; l < batch_units; ++l) found[l] = table[index[l] % table_entries];
}

#ifdef RATHAUS_AVX512
/// The table fits two registers, out of which one instruction picks for eight lanes.
RATHAUS_AVX512 void look_up(const std::array<double, table_entries>& table,
                            const std::uint8_t* index, PerLane<double>& found) {
  constexpr __mmask8 all = 0xff;  // g++ 12 warns of its own header where no mask is given
  const __m512d low = _mm512_loadu_pd(&table[0]), high = _mm512_loadu_pd(&table[8]);
  for (std::uint32_t first = 0; first < batch_units; first += 8) {
    const __m512i entry = _mm512_maskz_cvtepu8_epi64(
        all, _mm_loadl_epi64(reinterpret_cast<const __m128i*>(index + first)));
    _mm512_store_pd(&found[first], _mm512_maskz_permutex2var_pd(all, low, entry, high));
  }
}
#endif

}  // namespace rathaus::model
