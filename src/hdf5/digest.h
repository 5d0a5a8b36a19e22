// One number that says whether two result files hold the same results.
#pragma once

#include <filesystem>
#include <string>

namespace rathaus::hdf5 {

/// SHA-256 in hexadecimal over every result number of a file, in order of run number: equal
/// digests mean equal results, however the runs were batched, ordered, chunked or compressed,
/// and whenever they were made.
///
/// Counted are the numeric variables along `run` in the root and in all groups but `summary`
/// and `provenance`, those of `panel`, and the root's numeric variables without `run`, which are
/// denominators.
/// Not counted are coordinates, text, and `run_wall_time`. Each counts by path, type, shape and
/// little-endian values, sorted by path. Memory stays within a few MiB. InputError and FileError
/// as File::open and Variable::read.
std::string digest(const std::filesystem::path& path);

}  // namespace rathaus::hdf5
