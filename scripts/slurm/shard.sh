#!/usr/bin/env bash
# One task of the array: a shard, tried again where it stopped. Called by submit.sh.
set -uo pipefail
shards=$1 output=$2
shift 2
for try in $(seq "${RATHAUS_TRIES:-3}"); do
  "${RATHAUS:-rathaus}" run "$@" -o "$output" --shard "$SLURM_ARRAY_TASK_ID/$shards" --resume \
    --threads "${SLURM_CPUS_PER_TASK:-1}"
  code=$?
  [ "$code" -le 1 ] && exit "$code"   # done, or wrong input, which no second try mends
  echo "try $try of shard $SLURM_ARRAY_TASK_ID/$shards ended with status $code" >&2
done
exit "$code"
