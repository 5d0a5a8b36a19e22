#!/usr/bin/env bash
# Installs what the tests need and runs them all: g++ with every test, clang with the fast ones.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

say "packages"
install_missing "${build_packages[@]}" "${report_packages[@]}" "${reading_packages[@]}" catch2 clang-16 \
  hdf5-tools netcdf-bin python3 python3-h5netcdf

say "job engines (their tests are skipped where these cannot be installed)"
install_missing munge slurm-wlm snakemake || true

say "browser (the tests of the report are skipped where it cannot be installed)"
install_missing chromium chromium-driver poppler-utils python3-selenium || true

build() {  # build PRESET: configure once, then compile
  if [ -f "build/$1/build.ninja" ]; then
    echo "skipped: already configured in build/$1"
  else
    cmake --preset "$1" >/dev/null
  fi
  cmake --build "build/$1"
}

say "g++, warnings as errors"
build dev
say "clang, warnings as errors"
build clang

say "tests"
ctest --test-dir build/dev --output-on-failure --parallel "$(nproc)" "$@"
