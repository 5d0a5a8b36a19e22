#include <algorithm>
#include <cmath>

#include "config/ensemble_vectors.h"
#include "hdf5/file.h"

namespace rathaus::config {

std::optional<EnsembleVectors> read_posterior(const std::string& path, Diagnostics& diagnostics) {
  const hdf5::File file = hdf5::File::open(path);
  const hdf5::Group root = file.root();
  if (!root.has_attribute("kind") || root.text_attribute("kind") != "posterior") {
    diagnostics.error({path, 0, 0},
                      "is no posterior (an ensemble is what `rathaus calibrate` wrote, or a CSV)");
    return std::nullopt;
  }
  EnsembleVectors vectors;
  vectors.paths = root.variable("parameter").read<std::string>();
  const std::size_t last = root.last_place("generation");
  const hdf5::Variable value = root.variable("value"), weight = root.variable("weight");
  vectors.value = value.along({"generation", "particle", "parameter"}).read<double>(last, 1);
  vectors.weight = weight.along({"generation", "particle"}).read<double>(last, 1);
  if (!std::ranges::all_of(vectors.value, [](double x) { return std::isfinite(x); }))
    throw value.damaged("it holds what is no number");
  if (!std::ranges::all_of(vectors.weight, [](double w) { return std::isfinite(w) && w > 0.0; }))
    throw weight.damaged("it holds what is no number above 0 (a weight is)");
  vectors.column_place.assign(vectors.paths.size(), Place{path, 0, 0});
  return vectors;
}

}  // namespace rathaus::config
