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
  const std::size_t last = root.variable("generation").rows() - 1;
  vectors.value = root.variable("value").read<double>(last, 1);
  vectors.weight = root.variable("weight").read<double>(last, 1);
  vectors.column_place.assign(vectors.paths.size(), Place{path, 0, 0});
  return vectors;
}

}  // namespace rathaus::config
