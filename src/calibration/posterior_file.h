// The posterior of a calibration as a file, and what is drawn from it. Names as documented in
// docs/calibration.md.
#pragma once

#include <filesystem>
#include <vector>

#include "calibration/population.h"
#include "calibration/request.h"
#include "calibration/simulator.h"
#include "record/build_info.h"
#include "study/study.h"

namespace rathaus::calibration {

/// All that a posterior tells.
struct Posterior {
  const study::Study& study;
  const Request& request;
  const Simulator& simulator;
  const std::vector<Population>& populations;  //!< one at least
  std::string stopped;                         //!< why it ended
};

struct PosteriorOptions {
  std::filesystem::path target;
  bool overwrite = false;
  record::BuildInfo build;
};

void write_posterior(const Posterior& posterior, const PosteriorOptions& options);

/// Prior and posterior of one number.
struct Narrowed {
  std::array<double, 3> prior{}, posterior{};  //!< quantiles 5, 50, 95 %
  /// 1 − (variance of its places in the prior) / (variance of the prior's places, 1/12): 0 if the
  /// patterns tell nothing of it, 1 if they pin it down; noise may bring it below 0.
  double contraction{};
};

Narrowed narrowed(const Posterior& posterior, std::size_t parameter);

}  // namespace rathaus::calibration
