#include "run/keeper.h"

#include <fmt/format.h>

namespace rathaus::run {

void Keeper::keep(const study::CaseId& id, const Finished& finished) {
  if (!finished.hindrance.empty() && !hindered_) {
    hindrance_ = fmt::format("case {}: {}", finished.number, finished.hindrance);
    hindered_ = true;
  }
  if (!finished.hindrance.empty()) return;
  const bool was_kept = log_.has(finished.number);
  if (!hindered_) stopping_.take(id, finished.levels);
  if (was_kept) return;
  if (finished.failure) {
    log_.append(*finished.failure);
    report_.failures.push_back(*finished.failure);
  } else {
    log_.append(finished.number, finished.runs);
    report_.runs_done += runs_per_case_;
  }
  const Clock::time_point now = Clock::now();
  if (now - synced_ > std::chrono::seconds(1)) {
    log_.sync();
    synced_ = now;
  }
  if (options_.progress)
    options_.progress({report_.runs_done + report_.runs_kept, report_.runs_kept,
                       report_.runs_planned, now - begin_});
}

}  // namespace rathaus::run
