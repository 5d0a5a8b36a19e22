#!/usr/bin/env bash
# fuzz.sh [SECONDS [SEED]]: each fuzzer of tests/fuzz for that long (default 600), then as long bytes changed in results.
# What is found lies in build/fuzz/findings; mended, it belongs into tests/fuzz/inputs.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
seconds=${1:-600}
seed=${2:-$RANDOM}
install_missing "${build_packages[@]}" clang-16 libclang-rt-16-dev llvm-16 catch2 >/dev/null

[ -f build/fuzz/build.ninja ] || cmake --preset fuzz >/dev/null
cmake --build build/fuzz --target fuzzers rathaus
export RATHAUS_SOURCE=$PWD RATHAUS=$PWD/build/fuzz/rathaus UBSAN_OPTIONS=print_stacktrace=1
mkdir -p build/fuzz/findings
status=0
for fuzzer in build/fuzz/tests/fuzz_*; do
  name=${fuzzer##*/fuzz_}
  mkdir -p "build/fuzz/corpus/$name"
  printf '\n== %s, %s s, seed %s\n' "$name" "$seconds" "$seed"
  "$fuzzer" -seed="$seed" -max_total_time="$seconds" -timeout=60 -rss_limit_mb=4096 -print_final_stats=1 -verbosity=0 \
    -artifact_prefix="build/fuzz/findings/$name-" "build/fuzz/corpus/$name" "tests/fuzz/inputs/$name" || status=1
done
printf '\n== results and posteriors, %s s, seed %s\n' "$seconds" "$seed"
LSAN_OPTIONS=suppressions=$PWD/tests/sanitizers/damaged_files.txt:print_suppressions=0 PYTHONPATH=python \
  /usr/bin/python3 tests/damage/change_bytes.py --seconds "$seconds" --seed "$seed" --keep build/fuzz/findings || status=1
exit "$status"
