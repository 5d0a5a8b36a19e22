#include "config/ensemble_vectors.h"

namespace rathaus::config {

std::optional<EnsembleVectors> read_posterior(const std::string& path, Diagnostics& diagnostics) {
  diagnostics.error(
      {path}, "is no CSV (this engine has no HDF5) write it as one: rathaus calibrate … --csv");
  return std::nullopt;
}

}  // namespace rathaus::config
