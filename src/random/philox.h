// Philox4x32-10 (Salmon et al. 2011): one block, and those of sixty-four entities at once.
#pragma once

#include <span>

#include "random/draw_rows.h"

namespace rathaus::random {

Block philox(const Key& key, const Block& counter);

/// The blocks of sixty-four counters that differ in their first word, the entity; `counter[0]` is
/// not read. Word w of the block of entity e lands in rows[w][e].
void philox(const Key& key, const std::uint32_t* entities, const Block& counter,
            std::array<Row, 4>& rows);

/// Every way of computing them that this processor has, the one in use first.
using RowsFunction = void (*)(const Key&, const std::uint32_t* entities, const Block& counter,
                              std::array<Row, 4>& rows);
std::span<const RowsFunction> rows_functions();

}  // namespace rathaus::random
