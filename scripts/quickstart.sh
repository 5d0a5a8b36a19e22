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

say "workbench"
workbench_is_wanted=yes
for package in "${web_packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || workbench_is_wanted=no
done
if [ "$workbench_is_wanted" = yes ] && command -v node >/dev/null && command -v npm >/dev/null; then
  scripts/web.sh
  echo "workbench: $(pwd)/build/web/rathaus.html"
else
  echo "skipped: its packages are not installed (scripts/web.sh installs them and builds the simulator in a web page)"
fi
