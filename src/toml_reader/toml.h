// toml++ as every file of this folder sees it; its code is compiled once, in
// toml_implementation.cpp. Debian 12 has version 3.3, newer systems the header with the other name.
#pragma once

#define TOML_HEADER_ONLY 0
#define TOML_ENABLE_FORMATTERS 0
// A bad table header such as [[[x]]] trips an assertion of the parser, which has an error for it a
// few lines further on (toml++ pull request 301): users' mistakes must not end the program.
#define TOML_ASSERT(expr) static_cast<void>(0)

#if __has_include(<toml++/toml.hpp>)
#include <toml++/toml.hpp>
#else
#include <toml++/toml.h>
#endif
