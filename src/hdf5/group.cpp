#include "hdf5/group.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <functional>
#include <numeric>

#include "hdf5/hdf5_types.h"
#include "hdf5/layout.h"
#include "hdf5/udunits.h"

namespace rathaus::hdf5 {

/// Of an axis that grows, the length is the one expected in the end.
struct Group::Axis {
  std::size_t length = 0;
  bool grows = false;
  Handle scale = {};
};

namespace {

/// What a variable along the dimension may be cut into if nobody says how long it will be.
constexpr std::size_t unknown_length = static_cast<std::size_t>(1) << 30;

Handle open_object(Id place, const std::string& name) {
  return {H5Oopen(place, name.c_str(), H5P_DEFAULT), H5Oclose};
}

bool is_group(const Handle& object) {
  return H5Iget_type(object.get()) == H5I_GROUP;
}

void describe(Variable& variable, const Description& description) {
  if (!description.long_name.empty()) variable.attribute("long_name", description.long_name);
  const std::string units = udunits_of(description.units);
  if (!units.empty()) variable.attribute("units", units);
  if (units != description.units) variable.attribute("unit", description.units);
  for (const auto& [name, text] : description.attributes) variable.attribute(name, text);
  if (description.flags.empty()) return;
  // CF wants the values in the variable's own type.
  const auto flag_values = [&]<class T>(T first) {
    std::vector<T> values(description.flags.size());
    std::iota(values.begin(), values.end(), first);
    variable.attribute("flag_values", std::span<const T>(values));
  };
  if (variable.type() == Type::int8)
    flag_values(static_cast<std::int8_t>(description.first_flag));
  else if (variable.type() == Type::int16)
    flag_values(static_cast<std::int16_t>(description.first_flag));
  else
    flag_values(static_cast<std::int32_t>(description.first_flag));
  for (const std::string& flag : description.flags)
    if (flag.empty() || flag.find(' ') != std::string::npos)
      throw std::logic_error(fmt::format("the flag '{}' must be one word", flag));
  variable.attribute("flag_meanings", fmt::format("{}", fmt::join(description.flags, " ")));
}

}  // namespace

Group Group::group(const std::string& name) const {
  if (Handle there = open_object(id(), name); there && is_group(there))
    return {std::move(there), compress_};
  const std::string action = fmt::format("make group '{}' in", name);
  const Handle list = property_list(H5P_GROUP_CREATE);
  return {
      {checked(H5Gcreate2(id(), name.c_str(), H5P_DEFAULT, list.get(), H5P_DEFAULT), id(), action),
       H5Gclose},
      compress_};
}

Variable Group::dimension(const std::string& name, std::span<const std::string> labels,
                          const std::string& long_name) {
  Variable made =
      make_dimension(name, Type::text, {.length = labels.size()}, {.long_name = long_name});
  made.write(labels);
  return made;
}

Variable Group::dimension(const std::string& name, std::size_t length,
                          const Description& description) {
  Variable made = make_dimension(name, Type::int32, {.length = length}, description);
  std::vector<std::int32_t> index(length);
  std::iota(index.begin(), index.end(), 0);
  made.write(index);
  return made;
}

Variable Group::unlimited_dimension(const std::string& name, const Description& description,
                                    std::size_t expected) {
  const Axis axis{.length = expected == 0 ? unknown_length : expected, .grows = true};
  return make_dimension(name, Type::int32, axis, description);
}

Variable Group::make_dimension(const std::string& name, Type type, const Axis& axis,
                               const Description& description) {
  if (axis.length == 0)
    throw std::logic_error(fmt::format("dimension '{}' is empty (it would look unlimited)", name));
  return make(name, type, {&axis, 1}, description);
}

Variable Group::variable(const std::string& name, Type type,
                         const std::vector<std::string>& dimensions,
                         const Description& description) {
  std::vector<Axis> axes;
  for (const std::string& dimension : dimensions) {
    axes.push_back(axis(dimension));
    if (!axes.back().scale)
      throw std::logic_error(fmt::format("'{}' has no dimension '{}'", name, dimension));
    if (axes.back().grows && axes.size() > 1)
      throw std::logic_error(fmt::format("'{}' can grow along its first axis only", name));
  }
  return make(name, type, axes, description);
}

/// The dimension of that name in this group or the nearest one above.
Group::Axis Group::axis(const std::string& dimension) const {
  for (std::string folder = path();; folder.erase(folder.rfind('/'))) {
    if (folder == "/") folder.clear();
    const std::string candidate = fmt::format("{}/{}", folder, dimension);
    if (H5Lexists(id(), candidate.c_str(), H5P_DEFAULT) > 0)
      if (Handle scale = open_object(id(), candidate); H5DSis_scale(scale.get()) > 0) {
        hsize_t length = 0, most = 0;
        const Handle space(H5Dget_space(scale.get()), H5Sclose);
        H5Sget_simple_extent_dims(space.get(), &length, &most);
        const bool grows = most == H5S_UNLIMITED;
        if (grows) {  // the coordinate's chunk remembers the length expected
          const Handle list(H5Dget_create_plist(scale.get()), H5Pclose);
          H5Pget_chunk(list.get(), 1, &length);
        }
        return {static_cast<std::size_t>(length), grows, std::move(scale)};
      }
    if (folder.empty()) return {};
  }
}

Variable Group::make(const std::string& name, Type type, std::span<const Axis> axes,
                     const Description& description) {
  const bool makes_dimension = axes.size() == 1 && !axes[0].scale;
  if (makes_dimension ? has(name) : static_cast<bool>(axis(name).scale))
    throw std::logic_error(fmt::format("'{}' is the name of a dimension (R would drop it)", name));
  std::vector<std::size_t> lengths;
  std::vector<hsize_t> now, most;
  for (const Axis& axis : axes) {
    lengths.push_back(axis.length);
    now.push_back(axis.grows ? 0 : axis.length);
    most.push_back(axis.grows ? H5S_UNLIMITED : axis.length);
  }
  const std::size_t bytes =
      std::accumulate(lengths.begin(), lengths.end(), bytes_of(type), std::multiplies<>());
  const bool filtered = compress_ && type != Type::text;  // HDF5 compresses no text's characters
  const bool grows = !axes.empty() && axes[0].grows;

  const Handle space(axes.empty()
                         ? H5Screate(H5S_SCALAR)
                         : H5Screate_simple(static_cast<int>(axes.size()), now.data(), most.data()),
                     H5Sclose);
  const Handle creation = property_list(H5P_DATASET_CREATE);
  const Handle access = property_list(H5P_DATASET_ACCESS);
  H5Pset_layout(creation.get(), H5D_CONTIGUOUS);  // never compact: R cannot open that
  if (grows || (filtered && bytes > smallest_chunk)) {
    const std::vector<std::size_t> cut = chunk_shape(lengths, bytes_of(type));
    const std::vector<hsize_t> chunk(cut.begin(), cut.end());
    H5Pset_chunk(creation.get(), static_cast<int>(chunk.size()), chunk.data());
    // One chunk is kept until it is full, and a full one goes first. Not "always first", 1.0: then
    // HDF5 would never let go of a chunk of which some columns were read.
    std::size_t one = bytes_of(type);
    for (const std::size_t length : cut) one *= length;
    H5Pset_chunk_cache(access.get(), H5D_CHUNK_CACHE_NSLOTS_DEFAULT, one, 0.75);
    if (filtered) {
      H5Pset_shuffle(creation.get());
      H5Pset_deflate(creation.get(), 4);
    }
  }
  const std::string action = fmt::format("make variable '{}' in", name);
  Handle made(checked(H5Dcreate2(id(), name.c_str(), file_type(type).get(), space.get(),
                                 H5P_DEFAULT, creation.get(), access.get()),
                      id(), action),
              H5Dclose);
  // A second reference keeps the variable open until the file is committed, so that what its
  // chunk cache still holds is written by a checked flush and not by a destructor.
  checked(H5Iinc_ref(made.get()), id(), action);

  for (unsigned i = 0; i < axes.size(); ++i) {
    if (axes[i].scale)
      checked(H5DSattach_scale(made.get(), axes[i].scale.get(), i), made.get(), "set axes of");
    else  // it is the coordinate of the dimension being made
      checked(H5DSset_scale(made.get(), name.c_str()), made.get(), "make a dimension of");
  }
  Variable variable(std::move(made));
  describe(variable, description);
  return variable;
}

void Group::text(const std::string& name, const std::string& value) {
  make(name, Type::text, {}, {}).write(std::span(&value, 1));
}

std::string Group::text(const std::string& name) const {
  const std::vector<std::string> texts = variable(name).read<std::string>();
  if (texts.size() != 1)
    throw damaged(fmt::format("'{}' is not one text", name));
  return texts[0];
}

bool Group::has(const std::string& name) const {
  return H5Lexists(id(), name.c_str(), H5P_DEFAULT) > 0;
}

Variable Group::variable(const std::string& name) const {
  const std::string action = fmt::format("open variable '{}' of", name);
  return Variable({checked(H5Dopen2(id(), name.c_str(), H5P_DEFAULT), id(), action), H5Dclose});
}

std::size_t Group::last_place(const std::string& dimension) const {
  const std::size_t length = variable(dimension).rows();
  if (length == 0) throw damaged(fmt::format("its dimension '{}' is empty", dimension));
  return length - 1;
}

std::vector<std::string> Group::variables() const {
  return children(false);
}

std::vector<std::string> Group::groups() const {
  return children(true);
}

std::vector<std::string> Group::children(bool groups) const {
  H5G_info_t info;
  checked(H5Gget_info(id(), &info), id(), "list");
  std::vector<std::string> names;
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    const auto name_at = [&](char* name, std::size_t size) {
      return checked(H5Lget_name_by_idx(id(), ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, name, size,
                                        H5P_DEFAULT),
                     id(), "list");
    };
    std::string name(static_cast<std::size_t>(name_at(nullptr, 0)), '\0');
    name_at(name.data(), name.size() + 1);
    if (is_group(open_object(id(), name)) == groups) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace rathaus::hdf5
