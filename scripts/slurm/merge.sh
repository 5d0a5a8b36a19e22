#!/usr/bin/env bash
# Joins the shards of an array job; fails on a gap. Called by submit.sh.
set -euo pipefail
shards=$1 output=$2
files=()
for k in $(seq "$shards"); do files+=("$output.shards/$k-of-$shards.cases"); done
exec "${RATHAUS:-rathaus}" merge "${files[@]}" -o "$output" --force
