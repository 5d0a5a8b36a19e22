// C interface of the engine. Texts are UTF-8 with their length in bytes; nothing is freed by the
// caller but what it allocated.
#pragma once

#include <cstddef>
#include <cstdint>

#ifdef __wasm__
#define RATHAUS_EXPORT(name) __attribute__((export_name(name)))
#else
#define RATHAUS_EXPORT(name)
#endif

extern "C" {

/// Memory in which a caller that has none in common with the engine hands over texts.
RATHAUS_EXPORT("allocate") char* rathaus_allocate(std::size_t bytes);
RATHAUS_EXPORT("release") void rathaus_release(char* memory);

/// A file of that name holds this text from now on.
RATHAUS_EXPORT("put")
void rathaus_put(const char* name, std::size_t name_length, const char* text, std::size_t length);

/// Opens the experiment of that name: 1, or 0 and messages; then what was open stays open.
RATHAUS_EXPORT("open") int rathaus_open(const char* name, std::size_t length);

/// Computes one run and its baseline: 1, or 0 and messages.
RATHAUS_EXPORT("compute")
int rathaus_compute(std::uint32_t scenario, std::uint32_t alternative, std::uint32_t point,
                    std::uint32_t replicate);

/// Length of a text that begins at text_begin() until the next call. Messages are objects, a line
/// each, as --diagnostics json tells findings.
enum { RATHAUS_MESSAGES, RATHAUS_ABOUT, RATHAUS_RESOLVED, RATHAUS_DIGEST };
RATHAUS_EXPORT("text") std::size_t rathaus_text(int which);
RATHAUS_EXPORT("text_begin") const char* rathaus_text_begin();

/// Length of a variable of the last run by its path in the result file (docs/file_format.md), such
/// as "adopters" [quarter, size_class], 0 if it would hold none of that name; as doubles, it begins
/// at array_begin() until the next call.
RATHAUS_EXPORT("array") std::size_t rathaus_array(const char* name, std::size_t length);
RATHAUS_EXPORT("array_begin") const double* rathaus_array_begin();
}
