# What the engine needs for wasm32-wasi (preset web): header-only packages of Debian by links, since their
# folder holds headers of the machine that builds, and the C++ runtime of exceptions.

set(RATHAUS_EMSCRIPTEN "/usr/share/emscripten" CACHE PATH
  "Debian's emscripten, whose sources hold the runtime of exceptions that libc++abi for wasm32 lacks")

set(links "${CMAKE_BINARY_DIR}/include")
file(MAKE_DIRECTORY "${links}")
foreach(part boost fmt nlohmann Random123 toml++ nanoflann.hpp utf8cpp/utf8.h utf8cpp/utf8)
  if(NOT EXISTS "/usr/include/${part}")
    message(FATAL_ERROR "/usr/include/${part} is missing (the engine needs it) run scripts/web.sh, which installs it")
  endif()
  get_filename_component(name "${part}" NAME)
  file(CREATE_LINK "/usr/include/${part}" "${links}/${name}" SYMBOLIC)
endforeach()
foreach(header TOML UTF8 NANOFLANN)
  set(RATHAUS_${header}_INCLUDE "${links}" CACHE PATH "" FORCE)
endforeach()

add_library(rathaus_web_headers INTERFACE)
target_include_directories(rathaus_web_headers SYSTEM INTERFACE "${links}")
add_library(fmt::fmt INTERFACE IMPORTED GLOBAL)
target_link_libraries(fmt::fmt INTERFACE rathaus_web_headers)
target_compile_definitions(fmt::fmt INTERFACE FMT_HEADER_ONLY)
foreach(package Boost::headers nlohmann_json::nlohmann_json)
  add_library(${package} INTERFACE IMPORTED GLOBAL)
  target_link_libraries(${package} INTERFACE rathaus_web_headers)
endforeach()
include_directories(SYSTEM "${links}")
# Random123 refuses processors that it does not know; what it asks of one is 32-bit integers. nlohmann looks for a
# file system by the header, which is there and refuses.
add_compile_definitions(__riscv JSON_HAS_FILESYSTEM=0 JSON_HAS_EXPERIMENTAL_FILESYSTEM=0)

set(runtime "${RATHAUS_EMSCRIPTEN}/system/lib")
if(NOT EXISTS "${runtime}/libcxxabi/src/cxa_exception.cpp")
  message(FATAL_ERROR "${runtime}/libcxxabi/src is missing (the runtime of exceptions) run scripts/web.sh, which unpacks it")
endif()
set(runtime_sources)
foreach(name cxa_default_handlers cxa_exception cxa_exception_storage cxa_handlers cxa_personality fallback_malloc)
  list(APPEND runtime_sources "${runtime}/libcxxabi/src/${name}.cpp")
endforeach()
# its config.h is of another world and stands beside it, so that a copy in our own folder finds ours
set(unwind "${CMAKE_BINARY_DIR}/unwind")
file(MAKE_DIRECTORY "${unwind}")
configure_file("${runtime}/libunwind/src/Unwind-wasm.c" "${unwind}/Unwind-wasm.c" COPYONLY)
file(WRITE "${unwind}/threads.h" "")
file(WRITE "${unwind}/config.h"
  "#include <stddef.h>\n#include <stdint.h>\n#define _LIBUNWIND_TRACE_API(...)\n#define _LIBUNWIND_EXPORT\n")
add_library(rathaus_exceptions OBJECT ${runtime_sources} "${unwind}/Unwind-wasm.c")
target_compile_features(rathaus_exceptions PRIVATE cxx_std_20)
target_include_directories(rathaus_exceptions PRIVATE
  "${runtime}/libcxxabi/include" "${runtime}/libcxxabi/src" "${runtime}/libunwind/include" "${unwind}")
target_compile_definitions(rathaus_exceptions PRIVATE
  NDEBUG _LIBCPP_SAFE_STATIC= _LIBCXXABI_HAS_NO_THREADS __USING_WASM_EXCEPTIONS__ LIBCXXABI_USE_LLVM_UNWINDER
  _LIBCXXABI_BUILDING_LIBRARY $<$<COMPILE_LANGUAGE:CXX>:_LIBCPP_BUILDING_LIBRARY> $<$<COMPILE_LANGUAGE:C>:thread_local=>)
target_compile_options(rathaus_exceptions PRIVATE -w)
