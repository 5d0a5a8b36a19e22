// Which build of Rathaus computed a result.
#pragma once

#include <string>

namespace rathaus::record {

struct BuildInfo {
  std::string version;     //!< "0.1.0"
  std::string git_sha1;    //!< of the commit, or "unknown"
  std::string git_dirty;   //!< "clean", "dirty" or "unknown"
  std::string build_type;  //!< "Release"
  std::string compiler;    //!< name, version and flags
};

}  // namespace rathaus::record
