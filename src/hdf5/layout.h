// How a variable is cut into chunks, the pieces that HDF5 compresses and reads as a whole.
#pragma once

#include <cstddef>
#include <vector>

namespace rathaus::hdf5 {

inline constexpr std::size_t smallest_chunk = 1 << 16;  // [B] 64 KiB
inline constexpr std::size_t largest_chunk = 1 << 20;   // [B] 1 MiB, HDF5's default chunk cache

/// Chunk lengths for a variable of `shape`, whose first axis is the one that grows (give its
/// expected length): 64 rows of all the other axes, more if that is under 64 KiB, fewer if it
/// is over 1 MiB; a single row larger than 1 MiB is cut along the next axes. No length exceeds
/// the shape's.
std::vector<std::size_t> chunk_shape(std::vector<std::size_t> shape, std::size_t value_bytes);

}  // namespace rathaus::hdf5
