// Whether a file of somebody else can be read without harm, found out by a process that may die of it.
#pragma once

#include <filesystem>

namespace rathaus::hdf5 {

/// Opens the file and reads what HDF5 keeps in structures of its own: every object, attribute, text
/// and address of values. InputError if that fails, takes more time or memory than a file of its
/// size needs, or breaks HDF5 itself; then, too, if variables differ in length from their dimensions
/// or values lie outside of the file. FileError if no process can be had.
///
/// By a process of its own, because HDF5 believes what it reads: of the bytes that no checksum of
/// its covers (heaps of texts, trees of chunks) two changed ones make it loop for ever, others ask
/// for terabytes or leave its arrays. To check the heaps first would take a second reader of the
/// format, as large as what it guards and wrong with the next version; a limit of time and memory
/// holds whatever the fault is. What the same calls on the same bytes have survived there, they
/// survive here. Values themselves are not read twice: what could go wrong with them is told by
/// their addresses, and by the readers, who know what they mean.
void require_sound(const std::filesystem::path& path);

}  // namespace rathaus::hdf5
