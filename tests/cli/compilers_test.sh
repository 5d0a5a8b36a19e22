#!/usr/bin/env bash
# Whole experiments have the same digest whoever compiled the program, whatever vectors it uses and whatever
# processor the C library believes in.
set -euo pipefail
shopt -s inherit_errexit  # a run that fails inside $(...) ends the test, too
other=$RATHAUS_SOURCE/build/clang/rathaus
[ -x "$other" ] || { echo "skipped: no build by clang in build/clang"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Forty places with coordinates: who neighbours whom hangs on sines and cosines.
awk 'BEGIN { print "id,name,land,region,population,lon,lat"
  for (i = 0; i < 40; ++i)
    printf "P%02d,Place %d,Land %d,Region %d,%d,%.4f,%.4f\n", i, i, i % 2, i % 5, 900 * (1 + i * i),
      8 + (i * 37 % 40) / 13, 49 + (i * 23 % 40) / 17 }' > places.csv

digest() {  # digest PROGRAM EXPERIMENT SETTING...
  local program=$1 experiment=$2 sets=()
  shift 2
  for setting in "$@"; do sets+=(--set "$setting"); done
  rm -f result.h5
  "$program" run "$RATHAUS_SOURCE/experiments/$experiment.toml" "${sets[@]}" -o result.h5 --quiet --force
  "$program" info result.h5 --digest
}

compare() {  # compare EXPERIMENT SETTING...
  local first second plain
  first=$(digest "$RATHAUS" "$@")
  second=$(digest "$other" "$@")
  plain=$(GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX512F,-AVX512VL,-AVX2,-AVX,-FMA,-FMA4 digest "$RATHAUS" "$@")
  echo "$1: $first"
  [ "$first" = "$second" ] || { echo "$*: another compiler gives $second"; exit 1; }
  [ "$first" = "$plain" ] || { echo "$*: without AVX2 and FMA the digest is $plain"; exit 1; }
}

compare first_look population.units=600 doubt.points=3 'output.groups=["land"]'
compare first_look population.file="$work/places.csv" doubt.points=2 structure.rebound_form=isoelastic \
  structure.vendor_choice=logit_logcount
compare own_share population.units=400 doubt.points=2
compare uncertainty population.units=100 replicates.at_least=2 design.points=8 time.quarters=64
