// The one list of what a run leaves behind: each variable with its axes, type, unit, meaning, and
// how to get it from the run. The layout of the file, the case logs, patterns, targets, stopping
// rules, the forecast of `rathaus check`, `rathaus metrics` and docs/file_format.md walk it.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hdf5/types.h"
#include "model/world.h"
#include "record/axes.h"
#include "record/values.h"
#include "study/case.h"

namespace rathaus::record {

/// A run as it was simulated.
struct RunView {
  const study::Study& study;
  const model::World& world;
  const study::RunRecord& run;
};

/// Where one grouping lies in rows that hold the classes of several, one after the other.
struct Columns {
  const model::Grouping* grouping = nullptr;  //!< none: fiscal classes that nobody asked for
  std::size_t first = 0, count = 0;           //!< its classes
  std::size_t all = 0;                        //!< classes in a row
};

/// Which groupings a variable is kept by: its last axis.
enum class Classes : std::uint8_t {
  none,
  groupings,        //!< size_class and what [output] groups asks for
  size_and_fiscal,  //!< both of them in any case
};

/// What a value tells about its quarter.
enum class Tells : std::uint8_t {
  state,       //!< what is so at the end of the quarter
  flow,        //!< what happened in it; adds up over quarters
  no_quarter,  //!< it has none
};

/// When a result holds the variable.
enum class Held : std::uint8_t {
  index,            //!< in every result: which run it is
  world,            //!< in every result, as in the first world
  redrawn,          //!< where [population] redraw draws more than one world
  always,           //!< in every result
  first_operation,  //!< unless [output] first_operation = false
  programmes,       //!< where a scenario has programmes
  pairs,            //!< where there are several scenarios or a programme
  panel,            //!< [output] panel, for the runs that it names
};

struct Definition {
  std::string name;               //!< its path, of size classes: "adopters", "programmes/paid"
  std::vector<std::string> axes;  //!< beside run and classes
  Classes classes = Classes::none;
  hdf5::Type type{};
  std::string units;
  std::string long_name;
  Tells tells = Tells::no_quarter;
  Held held = Held::always;
  std::function<Values(const RunView&, const Columns&)> get;
  std::string flags = {};  //!< axis whose places the values number; empty: they number nothing
  int first_flag = 0;      //!< -1: none of them
};

std::span<const Definition> definitions();

/// A definition for one of its groupings.
struct Variable {
  const Definition* definition = nullptr;
  std::string grouping;           //!< empty without classes
  std::string path;               //!< "adopters_by_land", "programmes/paid"
  std::vector<std::string> axes;  //!< beside run, grouping included

  const Definition* operator->() const { return definition; }
};

/// What any result may hold, in the order of the file.
std::vector<Variable> all_variables();
/// What the result of a study holds.
std::vector<Variable> variables_of(const study::Study& study);

Values value_of(const Variable& variable, const RunView& view);

/// Values in a row along the run axis.
std::size_t row_size(const Variable& variable, const AxisSource& source);

}  // namespace rathaus::record
