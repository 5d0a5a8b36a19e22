# Settings of our own targets; nothing here touches a dependency or a user's build.

# Bits must not depend on the compiler's moods: no contraction, never -ffast-math. Nobody reads errno or
# the flags of floating-point exceptions; without them comparisons become vectors, and no bit changes.
function(rathaus_own_target target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_compile_options(${target} PRIVATE
    -ffp-contract=off -fopenmp-simd -fno-math-errno -fno-trapping-math -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
  # clang leaves some of the loops that g++ turns into vectors as they are: slower, not wrong
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:Clang>:-Wno-pass-failed>)
  # g++ 12 sees an overlap wherever texts are joined (its bug 105651)
  target_compile_options(${target} PRIVATE
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>)
  if(RATHAUS_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(RATHAUS_SANITIZE)
    # a sanitizer must be running before the loader may pick a function for this processor
    target_compile_definitions(${target} PRIVATE RATHAUS_ONE_PROCESSOR)
    target_compile_options(${target} PRIVATE
      -fsanitize=${RATHAUS_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=${RATHAUS_SANITIZE})
  endif()
  if(RATHAUS_NARROW_LANES)
    target_compile_definitions(${target} PRIVATE RATHAUS_ONE_PROCESSOR RATHAUS_ONE_BY_ONE)
  endif()
  if(RATHAUS_BUILD_FUZZERS)
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
    target_link_options(${target} PUBLIC -fsanitize=fuzzer-no-link)
  endif()
  if(RATHAUS_COVERAGE)
    # atomic: runs and chunks of one run count in parallel
    target_compile_options(${target} PRIVATE --coverage -fprofile-update=atomic)
    target_link_options(${target} PUBLIC --coverage)
  endif()
endfunction()

# rathaus_library(random SOURCES a.cpp LINK fmt::fmt): one static library per folder of src/.
# Headers are included by their path below src/, such as "random/draw.h". A folder sees only
# its own headers and, through LINK, those of the folders it is allowed to use.
function(rathaus_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  add_library(rathaus_${name} STATIC ${ARG_SOURCES})
  target_include_directories(rathaus_${name} PUBLIC "${PROJECT_SOURCE_DIR}/src")
  target_link_libraries(rathaus_${name} PUBLIC ${ARG_LINK} PRIVATE ${ARG_PRIVATE_LINK})
  rathaus_own_target(rathaus_${name})
endfunction()

# rathaus_choice(parallel PROGRAM rathaus_threads ENGINE rathaus_serial): what is declared in a folder
# and done in two ways. A target that sets RATHAUS_ENGINE is linked with what needs no operating system.
function(rathaus_choice name)
  cmake_parse_arguments(ARG "" "PROGRAM;ENGINE" "" ${ARGN})
  if(RATHAUS_ENGINE_ONLY)
    target_link_libraries(rathaus_${name} INTERFACE ${ARG_ENGINE})
  else()
    target_link_libraries(rathaus_${name} INTERFACE
      $<IF:$<BOOL:$<TARGET_PROPERTY:RATHAUS_ENGINE>>,${ARG_ENGINE},${ARG_PROGRAM}>)
  endif()
endfunction()
