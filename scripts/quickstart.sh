#!/usr/bin/env bash
# From a fresh clone to a first result: installs what is missing, builds, runs, shows a table.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

say "packages"
install_missing "${build_packages[@]}" "${report_packages[@]}"

say "build"
if [ -f build/release/build.ninja ]; then
  echo "skipped: already configured in build/release"
else
  cmake --preset release >/dev/null
fi
cmake --build build/release

say "first look"
mkdir -p build/results
build/release/rathaus run experiments/first_look.toml -o build/results/first_look.h5 \
  --report build/results/first_look.html --force
echo
echo "result: $(pwd)/build/results/first_look.h5"
echo "report: $(pwd)/build/results/first_look.html"
