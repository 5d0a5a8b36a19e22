#!/usr/bin/env bash
# Two builds of the same commit, by g++ and by clang, give the same digest.
set -euo pipefail
other=$RATHAUS_SOURCE/build/clang/rathaus
[ -x "$other" ] || { echo "skipped: no build by clang in build/clang"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
digest() {  # digest PROGRAM NAME
  "$1" run "$RATHAUS_SOURCE/experiments/first_look.toml" --set population.units=600 \
    --set replicates.at_least=3 --set 'output.groups=["land"]' -o "$2.h5" --quiet
  "$1" info "$2.h5" --digest
}
first=$(digest "$RATHAUS" first)
second=$(digest "$other" second)
echo "$first"
echo "$second"
[ "$first" = "$second" ]
