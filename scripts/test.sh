#!/usr/bin/env bash
# Installs what the tests need and runs them: the quick ones with clang and under sanitizers, all with g++.
# Arguments are CTest's: scripts/test.sh -R cli
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

say "packages"
install_missing "${build_packages[@]}" "${report_packages[@]}" "${reading_packages[@]}" "${test_packages[@]}" "${docs_packages[@]}"

build() {  # build PRESET TARGET: configure once, then compile
  if [ -f "build/$1/build.ninja" ]; then
    echo "skipped: already configured in build/$1"
  else
    cmake --preset "$1" >/dev/null
  fi
  cmake --build "build/$1" --target "$2"
}

status=0
run_tests() {  # run_tests PRESET ARGUMENT...: a failure, or a skip without a listed reason, is remembered
  local report=$PWD/build/$1/tests.xml preset=$1
  shift
  ctest --test-dir "build/$preset" --output-on-failure --parallel "$(nproc)" --output-junit "$report" \
    --test-output-size-passed 1000000 "$@" || status=1
  /usr/bin/python3 scripts/tools/skipped_tests.py "$report" tests/skips.txt || status=1
}

say "clang, warnings as errors"
build clang quick_tests
run_tests clang --label-regex quick "$@"

say "address and undefined behaviour sanitizers, with the fuzzers"
build fuzz quick_tests
run_tests fuzz --label-regex quick "$@"
scripts/fuzz.sh 5 1 || status=1

# Not under the thread sanitizer (preset tsan): Debian's oneTBB is not compiled with it, and each task looks like a race.

scripts/web.sh || status=1

say "g++, warnings as errors, all tests"
build dev all
run_tests dev "$@"
exit "$status"
