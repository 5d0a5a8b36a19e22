// Where the values of a variable lie in its file.
#include <fmt/format.h>

#include <numeric>

#include "hdf5/hdf5_types.h"
#include "hdf5/variable.h"

namespace rathaus::hdf5 {
namespace {

/// Every filter that changes the size of a chunk is left out: HDF5 stores a chunk plain if it would
/// not shrink.
bool is_plain(Id list, unsigned left_out) {
  const int filters = H5Pget_nfilters(list);
  for (int i = 0; i < filters; ++i) {
    unsigned flags = 0;
    std::size_t parameters = 0;
    const H5Z_filter_t filter = H5Pget_filter2(list, static_cast<unsigned>(i), &flags, &parameters,
                                               nullptr, 0, nullptr, nullptr);
    if (filter != H5Z_FILTER_SHUFFLE && (left_out >> i & 1u) == 0) return false;
  }
  return true;
}

}  // namespace

void Variable::check_storage(std::uintmax_t file_size) const {
  const auto damaged = [&](const char* why) {
    return files::FileError(fmt::format("the values of {} {}", path(), why));
  };
  const auto within = [&](haddr_t address, hsize_t bytes) {
    return address != HADDR_UNDEF && bytes <= file_size && address <= file_size - bytes;
  };
  const Handle list(checked(H5Dget_create_plist(id()), id(), "examine"), H5Pclose);
  if (H5Pget_external_count(list.get()) > 0) throw damaged("lie in another file");
  const Handle type(H5Dget_type(id()), H5Tclose);
  std::uintmax_t values = 1;
  for (const std::size_t length : shape_)
    if (__builtin_mul_overflow(values, length, &values)) throw damaged("are too many");
  if (values == 0) return;
  // of a text the file holds length, address of its heap and number there, whatever the type says
  constexpr hsize_t text_bytes = 4 + 8 + 4;
  const hsize_t value_bytes = type_ == Type::text ? text_bytes : H5Tget_size(type.get());

  const H5D_layout_t layout = H5Pget_layout(list.get());
  if (layout == H5D_COMPACT) return;
  if (layout == H5D_CONTIGUOUS) {
    const hsize_t bytes = H5Dget_storage_size(id());
    if (bytes / value_bytes != values || !within(H5Dget_offset(id()), bytes))
      throw damaged("lie outside of the file");
    return;
  }
  if (layout != H5D_CHUNKED) throw damaged("lie in another file");

  const std::size_t rank = shape_.size();
  std::vector<hsize_t> chunk(rank), place(rank, 0);
  checked(H5Pget_chunk(list.get(), static_cast<int>(rank), chunk.data()), id(), "examine");
  const hsize_t chunk_bytes =
      std::accumulate(chunk.begin(), chunk.end(), value_bytes, std::multiplies<>());
  // one chunk after the other, as in an odometer; each takes a byte at least, so that they end
  for (std::uintmax_t count = 0;; ++count) {
    unsigned left_out = 0;
    haddr_t address = HADDR_UNDEF;
    hsize_t bytes = 0;
    checked(H5Dget_chunk_info_by_coord(id(), place.data(), &left_out, &address, &bytes), id(),
            "examine");
    if (count > file_size || bytes == 0 || !within(address, bytes))
      throw damaged("lie outside of the file");
    if (is_plain(list.get(), left_out) && bytes != chunk_bytes)
      throw damaged("have pieces of the wrong size");
    std::size_t axis = rank;
    while (axis > 0 && (place[axis - 1] += chunk[axis - 1]) >= shape_[axis - 1]) place[--axis] = 0;
    if (axis == 0) return;
  }
}

}  // namespace rathaus::hdf5
