// One include for both generations of Catch2: Debian 12 has v2, newer systems v3.
#pragma once

#ifdef RATHAUS_CATCH2_V3
#include <catch2/catch_all.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif
