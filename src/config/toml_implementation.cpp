// The code of toml++, once.
#define TOML_IMPLEMENTATION
#include "config/toml.h"
