// A model folder in memory: its numbers with their origin, its tables, its series, its population.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/tables.h"
#include "model_folder/catalogue.h"
#include "model_folder/country.h"
#include "population/recipe.h"
#include "study/study.h"

namespace rathaus::model_folder {

/// How well a number is known, and from where.
struct Origin {
  std::string grade;  //!< A … D
  std::string source;
  std::string note;  //!< may be empty
};

/// What is said about a whole column of a table of rows.
struct Column {
  double low_factor{}, high_factor{};  //!< plausible range of a factor on the column [1]
  Origin origin;
  bool given = true;  //!< else no row has it, and its mechanism is off
};

struct UseCaseRow {
  model::UseCase numbers;  //!< available_from is still open: it depends on the start of a run
  std::optional<model::CalendarQuarter> available_from;  //!< none: from the start of a run
  std::vector<std::uint8_t> archetypes;  //!< rows of vendors that offer it; empty: all
  bool by_default = true;                //!< else only in experiments that name it
  std::string note;
};

struct VendorRow {
  model::Vendor numbers;
  std::string label;
  std::int64_t slots = 1;
  std::string note;
};

/// Something outside the model as it goes through the calendar; constant before the first and after
/// the last point.
struct Path {
  struct Point {
    model::CalendarQuarter quarter;
    double value{};
  };
  bool linear = true;  //!< between points; else a step that holds the last value
  std::vector<Point> points;
};

inline constexpr std::size_t series_count = 4;

struct Model {
  std::string name;
  std::vector<study::Evidence> parameters;    //!< in the order of model::parameter_fields()
  std::vector<study::Evidence> coefficients;  //!< in the order of model::coefficient_fields()
  std::vector<Column> use_case_columns;       //!< in the order of model::use_case_fields()
  std::vector<UseCaseRow> use_cases;
  std::vector<Column> vendor_columns;  //!< in the order of model::vendor_fields()
  std::vector<VendorRow> vendors;
  std::array<Path, series_count> series;  //!< in the order of series_fields()
  std::array<Origin, series_count> series_origin;
  std::array<bool, series_count> series_given{};  //!< else constant where its mechanism is off
  model::CalendarQuarter compliance_from;         //!< first quarter with duties of deployers
  Origin compliance_origin;
  population::Recipe recipe;
  Origin recipe_origin;
  Country country;
  Origin country_origin;
  std::vector<CatalogueRow> programmes;  //!< kinds of support programmes, by name; may be empty
};

}  // namespace rathaus::model_folder
