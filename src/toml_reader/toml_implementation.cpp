// The code of toml++, once. Without NDEBUG, as that would turn the assertions that toml.h switches
// off into promises to the optimiser.
#undef NDEBUG
#define TOML_IMPLEMENTATION
#include "toml_reader/toml.h"
