# WebAssembly by Debian's clang, as a library that a page calls (a reactor). Exceptions are those of
# WebAssembly; their C++ runtime is built by cmake/RathausWeb.cmake.
set(CMAKE_SYSTEM_NAME WASI)
list(APPEND CMAKE_MODULE_PATH "${CMAKE_CURRENT_LIST_DIR}")
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(CMAKE_C_COMPILER clang-16)
set(CMAKE_CXX_COMPILER clang++-16)
set(CMAKE_C_COMPILER_TARGET wasm32-wasi)
set(CMAKE_CXX_COMPILER_TARGET wasm32-wasi)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
# Only the target's own headers: those of the machine that builds would leak in.
set(rathaus_wasm "-nostdlibinc -isystem /usr/include/wasm32-wasi -fwasm-exceptions -msimd128 -Wno-unused-command-line-argument")
set(CMAKE_C_FLAGS_INIT "${rathaus_wasm}")
set(CMAKE_CXX_FLAGS_INIT
  "-nostdlibinc -isystem /usr/lib/llvm-16/include/wasm32-wasi/c++/v1 -isystem /usr/lib/llvm-16/include/c++/v1 -isystem /usr/include/wasm32-wasi -fwasm-exceptions -msimd128 -Wno-unused-command-line-argument")
# clang would call wasm-opt, which made the code slower; lld optimises by itself
set(CMAKE_EXE_LINKER_FLAGS_INIT "-mexec-model=reactor -O0 -Wl,-O3 -Wl,--strip-all -Wl,-z,stack-size=1048576")
