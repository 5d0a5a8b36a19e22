// How many threads a command takes.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>

namespace rathaus::run {

/// Processors that this process is allowed: those of its affinity mask, no more than the quota of its
/// control group, and no more than Slurm gave the task (SLURM_CPUS_PER_TASK). At least 1.
std::size_t allowed_processors();

/// Processors' worth of time that a control group and those above it allow, the least of them; of
/// version 2 (cpu.max) or 1 (cpu.cfs_quota_us). Nothing where there is no quota.
std::optional<double> quota_of_group(const std::filesystem::path& root,
                                     const std::filesystem::path& group);

/// What was asked for; 0 means all that are allowed.
inline std::size_t threads_for(int asked) {
  return asked > 0 ? static_cast<std::size_t>(asked) : allowed_processors();
}

}  // namespace rathaus::run
