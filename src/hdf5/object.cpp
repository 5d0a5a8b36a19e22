#include "hdf5/object.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "hdf5/hdf5_types.h"

namespace rathaus::hdf5 {
namespace {

extern "C" herr_t collect_name(hid_t, const char* name, const H5A_info_t*, void* names) {
  static const std::set<std::string, std::less<>> bookkeeping{
      "CLASS",         "NAME",          "REFERENCE_LIST", "DIMENSION_LIST",     "DIMENSION_LABELS",
      "_NCProperties", "_Netcdf4Dimid", "_nc3_strict",    "_Netcdf4Coordinates"};
  if (!bookkeeping.contains(name)) static_cast<std::vector<std::string>*>(names)->push_back(name);
  return 0;
}

template <Number T>
std::vector<T> numbers_of(const Handle& attribute, Id place) {
  const Handle space(H5Aget_space(attribute.get()), H5Sclose);
  std::vector<T> numbers(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space.get())));
  if (!numbers.empty())
    checked(H5Aread(attribute.get(), memory_type(type_of<T>()).get(), numbers.data()), place,
            "read an attribute of");
  return numbers;
}

std::string text_of(const Handle& attribute, const Handle& type, Id place) {
  const Handle space(H5Aget_space(attribute.get()), H5Sclose);
  if (H5Sget_simple_extent_npoints(space.get()) != 1)
    throw files::FileError("an attribute holds several texts, which no result of ours does");
  if (H5Tis_variable_str(type.get()) > 0) {
    char* text = nullptr;
    checked(H5Aread(attribute.get(), type.get(), &text), place, "read an attribute of");
    std::string copy = text == nullptr ? "" : text;
    H5free_memory(text);
    return copy;
  }
  // Fixed length is how other tools, such as NCO, annotate a file.
  std::string text(H5Tget_size(type.get()), '\0');
  checked(H5Aread(attribute.get(), type.get(), text.data()), place, "read an attribute of");
  return text.substr(0, text.find('\0'));
}

}  // namespace

Id Object::id() const {
  prepare_hdf5();
  return handle_.get();
}

std::string Object::path() const {
  const auto length = checked(H5Iget_name(id(), nullptr, 0), id(), "name an object");
  std::string path(static_cast<std::size_t>(length), '\0');
  H5Iget_name(id(), path.data(), path.size() + 1);
  return path;
}

std::string Object::name() const {
  const std::string whole = path();
  return whole.substr(whole.rfind('/') + 1);
}

void Object::attribute(const std::string& name, std::string_view text) {
  const std::string value(text);
  const std::vector<const char*> pointer = c_strings({&value, 1});
  set_attribute(name, Type::text, pointer.data(), single);
}

void Object::set_attribute(const std::string& name, Type type, const void* data,
                           std::size_t count) {
  const std::string action = fmt::format("write attribute '{}' of", name);
  if (count == 0) throw std::invalid_argument(fmt::format("attribute '{}' has no value", name));
  if (has_attribute(name)) checked(H5Adelete(id(), name.c_str()), id(), action);
  const hsize_t length = count;
  const Handle space(
      count == single ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &length, nullptr), H5Sclose);
  const Handle made(checked(H5Acreate2(id(), name.c_str(), file_type(type).get(), space.get(),
                                       H5P_DEFAULT, H5P_DEFAULT),
                            id(), action),
                    H5Aclose);
  checked(H5Awrite(made.get(), memory_type(type).get(), data), id(), action);
}

std::vector<std::string> Object::attributes() const {
  std::vector<std::string> names;
  checked(H5Aiterate2(id(), H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, collect_name, &names), id(),
          "list the attributes of");
  return names;
}

bool Object::has_attribute(const std::string& name) const {
  return H5Aexists(id(), name.c_str()) > 0;
}

AttributeValue Object::attribute(const std::string& name) const {
  const std::string action = fmt::format("read attribute '{}' of", name);
  const Handle found(checked(H5Aopen(id(), name.c_str(), H5P_DEFAULT), id(), action), H5Aclose);
  const Handle type(H5Aget_type(found.get()), H5Tclose);
  if (H5Tget_class(type.get()) == H5T_STRING) return text_of(found, type, id());
  if (H5Tget_class(type.get()) == H5T_FLOAT) return numbers_of<double>(found, id());
  return numbers_of<std::int64_t>(found, id());
}

std::string Object::text_attribute(const std::string& name) const {
  AttributeValue value = attribute(name);
  if (auto* text = std::get_if<std::string>(&value)) return std::move(*text);
  throw files::FileError(fmt::format("attribute '{}' of {} is not text", name, path()));
}

double Object::number_attribute(const std::string& name) const {
  const double number = std::visit(
      []<class Held>(const Held& held) {
        if constexpr (!std::same_as<Held, std::string>)
          if (held.size() == 1) return static_cast<double>(held.front());
        return std::numeric_limits<double>::quiet_NaN();
      },
      attribute(name));
  if (!std::isfinite(number)) throw damaged(fmt::format("its attribute '{}' is no number", name));
  return number;
}

std::size_t Object::count_attribute(const std::string& name) const {
  const double number = number_attribute(name);
  constexpr double most = std::numeric_limits<std::int32_t>::max();
  if (number < 0.0 || number > most || number != std::floor(number))
    throw damaged(fmt::format("its attribute '{}' is {}", name, number));
  return static_cast<std::size_t>(number);
}

files::FileError Object::damaged(std::string_view why) const {
  const auto length = H5Fget_name(id(), nullptr, 0);
  std::string file(static_cast<std::size_t>(std::max<decltype(length)>(length, 0)), '\0');
  H5Fget_name(id(), file.data(), file.size() + 1);
  return files::FileError(
      file, fmt::format("is damaged ({}: {}) fetch it again, or run its study again", path(), why));
}

}  // namespace rathaus::hdf5
