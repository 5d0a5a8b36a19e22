#!/usr/bin/env bash
# Joins the shards of an array job; fails on a gap, and on parts of another study. Called by submit.sh.
set -euo pipefail
shards=$1 output=$2 fingerprint=$3
if [ "$shards" = 1 ]; then  # one shard is a whole run
  [ "$("${RATHAUS:-rathaus}" info --fingerprint "$output")" = "$fingerprint" ] && exit
  echo "error: $output: is not the study that was submitted (its task failed, or the experiment has changed)" >&2
  exit 1
fi
files=()
for k in $(seq "$shards"); do files+=("$output.shards/$k-of-$shards.cases"); done
exec "${RATHAUS:-rathaus}" merge "${files[@]}" -o "$output" --fingerprint "$fingerprint" --force
