#include "hdf5/variable.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <functional>
#include <numeric>

#include "hdf5/hdf5_types.h"

namespace rathaus::hdf5 {
namespace {

/// HDF5 would clip a number that does not fit the type asked for; we want to be told. A rounded
/// one is fine: int64 read as double.
extern "C" H5T_conv_ret_t refuse_misfits(H5T_conv_except_t misfit, hid_t, hid_t, void*, void*,
                                         void*) {
  return misfit == H5T_CONV_EXCEPT_PRECISION ? H5T_CONV_UNHANDLED : H5T_CONV_ABORT;
}

// Reads the scale's own name: H5Iget_name would search the whole file for its address.
extern "C" herr_t name_of_scale(hid_t, unsigned, hid_t scale, void* name) {
  const ssize_t length = H5DSget_scale_name(scale, nullptr, 0);
  std::string found(static_cast<std::size_t>(std::max<ssize_t>(length, 0)) + 1, '\0');
  H5DSget_scale_name(scale, found.data(), found.size());
  *static_cast<std::string*>(name) = found.c_str();  // without what ends it
  return 1;                                          // the first scale of an axis is its dimension
}

}  // namespace

Variable::Variable(Handle handle) : Object(std::move(handle)) {
  const Handle type(checked(H5Dget_type(id()), id(), "read the type of"), H5Tclose);
  type_ = type_in_file(type.get(), id());
  const Handle space(checked(H5Dget_space(id()), id(), "read the shape of"), H5Sclose);
  const int rank = checked(H5Sget_simple_extent_ndims(space.get()), id(), "read the shape of");
  std::vector<hsize_t> lengths(static_cast<std::size_t>(rank));
  H5Sget_simple_extent_dims(space.get(), lengths.data(), nullptr);
  shape_.assign(lengths.begin(), lengths.end());
}

std::size_t Variable::row_size() const {
  if (shape_.empty()) return 1;
  return std::accumulate(shape_.begin() + 1, shape_.end(), std::size_t{1}, std::multiplies<>());
}

std::vector<std::string> Variable::dimensions() const {
  if (is_dimension()) return {name()};
  std::vector<std::string> names(shape_.size());
  for (unsigned axis = 0; axis < names.size(); ++axis)
    if (H5DSget_num_scales(id(), axis) > 0) {
      H5DSiterate_scales(id(), axis, nullptr, name_of_scale, &names[axis]);
      if (names[axis].empty())
        throw files::FileError(
            fmt::format("{}: axis {} has a dimension without a name", path(), axis));
    }
  return names;
}

bool Variable::is_dimension() const {
  return H5DSis_scale(id()) > 0;
}

bool Variable::written() const {
  H5D_space_status_t status = H5D_SPACE_STATUS_ERROR;
  checked(H5Dget_space_status(id(), &status), id(), "examine");
  return status != H5D_SPACE_STATUS_NOT_ALLOCATED || row_size() * rows() == 0;
}

const Variable& Variable::along(const std::vector<std::string>& wanted, bool or_more) const {
  std::vector<std::string> axes = dimensions();
  if (or_more && axes.size() > wanted.size()) axes.resize(wanted.size());
  if (axes == wanted) return *this;
  throw damaged(fmt::format("it lies along ({}) and not along ({}{})",
                            fmt::join(dimensions(), ", "), fmt::join(wanted, ", "),
                            or_more ? ", …" : ""));
}

std::vector<std::size_t> Variable::read_places(std::size_t length, std::size_t first,
                                               std::size_t count) const {
  std::vector<std::size_t> places;
  for (const std::int64_t place : read<std::int64_t>(first, count)) {
    if (place < 0 || static_cast<std::uint64_t>(place) >= length)
      throw damaged(fmt::format("it holds {}, and there are {} places", place, length));
    places.push_back(static_cast<std::size_t>(place));
  }
  return places;
}

void Variable::append_values(std::span<const std::string> texts) {
  append_rows(Type::text, c_strings(texts).data(), texts.size());
}

void Variable::write_values(std::span<const std::string> texts) {
  write_rows(Type::text, c_strings(texts).data(), texts.size(), 0);
}

void Variable::check_type(Type type) const {
  if (type != type_)
    throw std::logic_error(fmt::format("{} is {}, not {}", path(), name_of(type_), name_of(type)));
}

void Variable::append_rows(Type type, const void* data, std::size_t size) {
  check_type(type);
  if (shape_.empty() || size % row_size() != 0)
    throw std::logic_error(fmt::format("{} values are not whole rows of {}", size, path()));
  if (size == 0) return;
  const std::size_t first = rows();
  shape_.front() += size / row_size();
  const std::vector<hsize_t> lengths(shape_.begin(), shape_.end());
  checked(H5Dset_extent(id(), lengths.data()), id(), "extend");
  write_rows(type, data, size, first);
}

void Variable::write_rows(Type type, const void* data, std::size_t size, std::size_t first) {
  check_type(type);
  if (size != row_size() * (rows() - first))
    throw std::logic_error(
        fmt::format("{} takes {} values, not {}", path(), row_size() * (rows() - first), size));
  if (size == 0) return;
  const Selection selection = select_rows(size, first);
  checked(H5Dwrite(id(), memory_type(type).get(), selection.in_memory.get(),
                   selection.in_file.get(), H5P_DEFAULT, data),
          id(), "write");
}

std::size_t Variable::rows_from(std::size_t first, std::size_t count) const {
  if (first > rows() || (count != all && count > rows() - first))
    throw std::out_of_range(fmt::format("{} has only {} rows", path(), rows()));
  return count == all ? rows() - first : count;
}

void Variable::read_rows(Type type, void* data, std::size_t size, std::size_t first) const {
  if (size > 0) read_selected(type, data, size, select_rows(size, first));
}

void Variable::read_selected(Type type, void* data, std::size_t size,
                             const Selection& selection) const {
  if (type_ == Type::text && type != Type::text)
    throw files::FileError(fmt::format("{} holds text, not numbers", path()));
  if (size == 0) return;
  const Handle transfer = property_list(H5P_DATASET_XFER);
  H5Pset_type_conv_cb(transfer.get(), refuse_misfits, nullptr);
  checked(H5Dread(id(), memory_type(type).get(), selection.in_memory.get(), selection.in_file.get(),
                  transfer.get(), data),
          id(), "read");
}

void Variable::read_rows(std::span<std::string> texts, std::size_t first) const {
  if (type_ != Type::text)
    throw files::FileError(fmt::format("{} holds numbers, not text", path()));
  std::vector<char*> pointers(texts.size(), nullptr);
  read_rows(Type::text, pointers.data(), pointers.size(), first);
  // HDF5 gives empty text as a null pointer.
  std::ranges::transform(pointers, texts.begin(),
                         [](const char* text) { return std::string(text == nullptr ? "" : text); });
  if (!texts.empty())
    H5Dvlen_reclaim(memory_type(Type::text).get(), select_rows(texts.size(), first).in_memory.get(),
                    H5P_DEFAULT, pointers.data());
}

Variable::Selection Variable::select_rows(std::size_t size, std::size_t first) const {
  std::vector<std::size_t> counts = shape_;
  if (!counts.empty()) counts.front() = size / row_size();
  return select(counts, first, 0);
}

Variable::Selection Variable::select(const std::vector<std::size_t>& counts, std::size_t first_row,
                                     std::size_t first_column) const {
  Handle in_file(checked(H5Dget_space(id()), id(), "read the shape of"), H5Sclose);
  if (counts.empty()) return {std::move(in_file), {H5Screate(H5S_SCALAR), H5Sclose}};
  std::vector<hsize_t> starts(counts.size(), 0), lengths(counts.begin(), counts.end());
  starts[0] = first_row;
  if (starts.size() > 1) starts[1] = first_column;
  checked(H5Sselect_hyperslab(in_file.get(), H5S_SELECT_SET, starts.data(), nullptr, lengths.data(),
                              nullptr),
          id(), "select rows of");
  const int rank = static_cast<int>(lengths.size());
  return {std::move(in_file), {H5Screate_simple(rank, lengths.data(), nullptr), H5Sclose}};
}

}  // namespace rathaus::hdf5
