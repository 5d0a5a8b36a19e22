// The only door to threads: what may run side by side says so here, and the program that is linked
// decides who runs it. rathaus_threads hands it to oneTBB; rathaus_serial, for an engine without
// threads (rathaus_engine, WebAssembly), runs it in order. Nothing may depend on which of them.
#pragma once

#include <cstddef>
#include <functional>

namespace rathaus::parallel {

/// Calls body(0) … body(count − 1), in any order or side by side, and returns when all are done.
/// A thread that waits here picks up nothing else: neither another run nor another case. What
/// stops other work leaves this work whole.
void for_each(std::size_t count, const std::function<void(std::size_t)>& body);

}  // namespace rathaus::parallel
