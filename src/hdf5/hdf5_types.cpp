#include "hdf5/hdf5_types.h"

#include <algorithm>

namespace rathaus::hdf5 {
namespace {

Handle copy_of(hid_t type) {
  return {H5Tcopy(type), H5Tclose};
}

Handle text_type() {
  Handle type = copy_of(H5T_C_S1);
  H5Tset_size(type.get(), H5T_VARIABLE);
  H5Tset_cset(type.get(), H5T_CSET_UTF8);
  return type;
}

}  // namespace

Handle memory_type(Type type) {
  switch (type) {
    case Type::int8:
      return copy_of(H5T_NATIVE_INT8);
    case Type::int16:
      return copy_of(H5T_NATIVE_INT16);
    case Type::int32:
      return copy_of(H5T_NATIVE_INT32);
    case Type::int64:
      return copy_of(H5T_NATIVE_INT64);
    case Type::float32:
      return copy_of(H5T_NATIVE_FLOAT);
    case Type::float64:
      return copy_of(H5T_NATIVE_DOUBLE);
    case Type::text:
      break;
  }
  return text_type();
}

Handle file_type(Type type) {
  switch (type) {
    case Type::int8:
      return copy_of(H5T_STD_I8LE);
    case Type::int16:
      return copy_of(H5T_STD_I16LE);
    case Type::int32:
      return copy_of(H5T_STD_I32LE);
    case Type::int64:
      return copy_of(H5T_STD_I64LE);
    case Type::float32:
      return copy_of(H5T_IEEE_F32LE);
    case Type::float64:
      return copy_of(H5T_IEEE_F64LE);
    case Type::text:
      break;
  }
  return text_type();
}

Type type_in_file(Id type, Id place) {
  const auto bytes = H5Tget_size(type);
  switch (H5Tget_class(type)) {
    case H5T_STRING:
      if (H5Tis_variable_str(type) > 0) return Type::text;
      break;
    case H5T_FLOAT:
      if (bytes == 4) return Type::float32;
      if (bytes == 8) return Type::float64;
      break;
    case H5T_INTEGER:
      if (H5Tget_sign(type) != H5T_SGN_2) break;
      if (bytes == 1) return Type::int8;
      if (bytes == 2) return Type::int16;
      if (bytes == 4) return Type::int32;
      if (bytes == 8) return Type::int64;
      break;
    default:
      break;
  }
  H5Eclear2(H5E_DEFAULT);
  fail(place, "understand the type of");
}

std::vector<const char*> c_strings(std::span<const std::string> texts) {
  std::vector<const char*> pointers(texts.size());
  std::ranges::transform(texts, pointers.begin(), [](const std::string& text) {
    if (text.find('\0') != std::string::npos)
      throw std::invalid_argument("text for a result file holds a NUL character");
    return text.c_str();
  });
  return pointers;
}

Handle property_list(Id of_class) {
  Handle list(H5Pcreate(of_class), H5Pclose);
  constexpr unsigned in_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
  if (of_class == H5P_FILE_CREATE || of_class == H5P_GROUP_CREATE)
    H5Pset_link_creation_order(list.get(), in_order);
  if (of_class == H5P_FILE_CREATE || of_class == H5P_GROUP_CREATE ||
      of_class == H5P_DATASET_CREATE) {
    H5Pset_attr_creation_order(list.get(), in_order);
    // Without times, the root's among them, the same numbers give the same bytes.
    H5Pset_obj_track_times(list.get(), false);
  }
  return list;
}

}  // namespace rathaus::hdf5
