#!/usr/bin/env bash
# From a fresh clone to a first result: installs what is missing, builds, runs, shows a table.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

say "packages"
install_missing "${build_packages[@]}"

say "build"
if [ -f build/release/build.ninja ]; then
  echo "skipped: already configured in build/release"
else
  cmake --preset release >/dev/null
fi
cmake --build build/release

say "first look"
mkdir -p build/results
build/release/rathaus run experiments/first_look.toml -o build/results/first_look.h5 --force
echo
echo "result: $(pwd)/build/results/first_look.h5"
echo "next:   build/release/rathaus info build/results/first_look.h5"
