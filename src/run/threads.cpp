#include "run/threads.h"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

namespace rathaus::run {
namespace {

namespace fs = std::filesystem;

std::size_t processors_of_mask() {
  for (int most = 1024; most <= 1 << 20; most *= 4) {  // the kernel refuses a mask that is too short
    cpu_set_t* mask = CPU_ALLOC(static_cast<std::size_t>(most));
    if (mask == nullptr) break;
    const std::size_t bytes = CPU_ALLOC_SIZE(static_cast<std::size_t>(most));
    const bool read = sched_getaffinity(0, bytes, mask) == 0;
    const int count = read ? CPU_COUNT_S(bytes, mask) : 0;
    CPU_FREE(mask);
    if (count > 0) return static_cast<std::size_t>(count);
  }
  return std::max(1u, std::thread::hardware_concurrency());
}

/// "150000 100000" is 1.5; "max 100000" and "-1" are no quota.
std::optional<double> quota_in(const fs::path& folder) {
  double quota = 0.0, period = 0.0;
  if (std::ifstream two(folder / "cpu.max"); two >> quota >> period) return quota / period;
  std::ifstream time(folder / "cpu.cfs_quota_us"), of(folder / "cpu.cfs_period_us");
  if (time >> quota && of >> period && quota > 0.0) return quota / period;
  return std::nullopt;
}

/// The group of this process for processors, and where groups of its version are mounted.
std::optional<std::pair<fs::path, fs::path>> own_group() {
  std::ifstream groups("/proc/self/cgroup");
  const fs::path root = "/sys/fs/cgroup";
  for (std::string line; std::getline(groups, line);) {
    const std::size_t first = line.find(':'), second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = "," + line.substr(first + 1, second - first - 1) + ",";
    const fs::path group = fs::path(line.substr(second + 1)).relative_path();
    if (controllers.find(",cpu,") != std::string::npos) return std::pair(root / "cpu", group);
    if (controllers == ",,") return std::pair(root, group);
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> quota_of_group(const fs::path& root, const fs::path& group) {
  std::optional<double> least;
  for (fs::path folder = root / group;; folder = folder.parent_path()) {
    if (const auto quota = quota_in(folder)) least = std::min(least.value_or(*quota), *quota);
    if (folder == root || folder == folder.parent_path()) break;
  }
  return least;
}

std::size_t allowed_processors() {
  std::size_t allowed = processors_of_mask();
  if (const auto group = own_group())
    if (const auto quota = quota_of_group(group->first, group->second))
      allowed = std::min(allowed, static_cast<std::size_t>(std::max(1.0, std::ceil(*quota))));
  if (const char* task = std::getenv("SLURM_CPUS_PER_TASK"))
    if (const long given = std::strtol(task, nullptr, 10); given > 0)
      allowed = std::min(allowed, static_cast<std::size_t>(given));
  return std::max<std::size_t>(1, allowed);
}

}  // namespace rathaus::run
