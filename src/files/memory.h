// Texts by name in the place of a disk, for an engine without an operating system.
#pragma once

#include <string>

namespace rathaus::files {

/// A file of that name holds this text from now on; files of all names that begin with
/// "folder/" are in that folder.
void put(const std::string& name, std::string text);

void forget(const std::string& name);

}  // namespace rathaus::files
