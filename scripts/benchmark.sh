#!/usr/bin/env bash
# Builds the benchmarks, runs them and prints their table; the raw figures land in
# build/benchmark/benchmarks.json. Arguments go to Google Benchmark, such as --benchmark_filter=kernel.
# A machine that does other work at the same time gives figures that mean little. Short repetitions in random
# order: what is compared was measured in the same minutes, and a quiet moment among them is enough.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

say "packages"
install_missing "${build_packages[@]}" libbenchmark-dev python3
say "build"
[ -f build/benchmark/build.ninja ] || cmake --preset benchmark >/dev/null
cmake --build build/benchmark --target rathaus rathaus_benchmarks

say "benchmarks (some ten minutes)"
RATHAUS_SOURCE=$PWD build/benchmark/tests/benchmarks/rathaus_benchmarks --benchmark_repetitions=12 \
  --benchmark_min_time=0.1 --benchmark_enable_random_interleaving=true \
  --benchmark_out=build/benchmark/benchmarks.json --benchmark_out_format=json "$@" >/dev/null
/usr/bin/python3 scripts/tools/benchmark_table.py build/benchmark/benchmarks.json build/benchmark/rathaus

say "workbench"
if [ -f build/web/rathaus.html ]; then
  PYTHONPATH=tests/report scripts/tools/workbench_speed.py
else
  echo "skipped: build/web/rathaus.html is not built (scripts/web.sh builds it)"
fi
