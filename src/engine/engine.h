// A study in memory, computed run by run: what a program without an operating system, such as a web
// page, asks of the model. Files are texts that were put into memory (files/memory.h).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "population/build.h"
#include "record/variables.h"
#include "study/case.h"

namespace rathaus::engine {

class Engine {
 public:
  /// Reads the experiment of that name. What is wrong with it is an InputError, and the study that
  /// was open stays open. The population and the baseline runs are kept if nothing but the support
  /// has changed.
  void open(const std::string& name);

  bool is_open() const { return open_.has_value(); }
  const study::Study& study() const { return open_->study; }
  const population::Population& population() const { return open_->population; }
  const model::World& baseline_world() const { return *baseline_world_; }
  const std::vector<std::string>& warnings() const { return open_->warnings; }
  /// What the result of the study would hold, in the order of the file.
  const std::vector<record::Variable>& variables() const { return open_->variables; }

  /// One run, paired with its baseline: the same as `rathaus run` computes, bit for bit.
  const study::RunRecord& compute(std::uint32_t scenario, const study::CaseId& id);
  /// Whether there is a last run: not yet if another experiment was opened since.
  bool has_run() const { return world_.has_value(); }

  /// A variable of the last run.
  record::Values value_of(const record::Variable& variable) const;
  /// SHA-256 over the paths and values of all variables of the last run in their order, but those
  /// that say which run it is (Held::index): equal if and only if all bits are. NaN counts as one
  /// value, whatever its sign and payload.
  std::string digest() const;

 private:
  struct Open {
    study::Study study;
    population::Population population;
    std::vector<record::Variable> variables;
    std::string frame;  //!< the experiment without its support
    std::vector<std::string> warnings;
  };
  using Case = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;

  model::World world_of(std::uint32_t scenario, const study::CaseId& id);

  std::optional<Open> open_;
  std::optional<model::World> baseline_world_;  //!< at the first point
  std::map<Case, study::RunRecord> baseline_;
  std::shared_ptr<const model::Municipalities> municipalities_;  //!< of the last run
  std::uint64_t drawn_ = 0;                                      //!< world that they are of
  std::optional<model::World> world_;                            //!< of the last run
  study::RunRecord last_;
};

/// What is open, as JSON: scenarios, classes with their units and inhabitants, variables with their
/// axes, horizons, warnings, theories, what is not known and its value at each point under each
/// theory (null where it is not of the theory's ensemble).
std::string about(const Engine& engine);

}  // namespace rathaus::engine
