// Random samples of the unit cube, row by row, each number in (0, 1). rathaus_samples has them from
// OpenTURNS, whose generator is global: call them before any thread starts. rathaus_no_samples, for
// an engine without libraries (rathaus_engine), raises an InputError. The program that is linked
// decides.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace rathaus::study::samples {

/// What follows is the same for the same seed.
void begin(std::uint64_t seed);

std::vector<double> latin_hypercube(std::size_t points, std::size_t dimensions);

/// The first points of a Sobol sequence, shifted by the same random vector.
std::vector<double> shifted_sobol(std::size_t points, std::size_t dimensions);

/// A whole number from 0 to n − 1.
std::size_t below(std::size_t n);

}  // namespace rathaus::study::samples
