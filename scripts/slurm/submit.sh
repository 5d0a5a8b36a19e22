#!/usr/bin/env bash
# Computes a study as an array job and merges it.
#
#   scripts/slurm/submit.sh -n SHARDS -o FILE.h5 EXPERIMENT.toml [OPTION of rathaus run]...
#
#   scripts/slurm/submit.sh -n 20 -o uncertainty.h5 experiments/uncertainty.toml --set replicates.at_least=200
#
# Every shard is one task. A task that is killed or runs out of disk tries again and goes on where it
# stopped (up to 3 times; RATHAUS_TRIES); a task whose node fails is queued again. The merge starts when all
# have ended and refuses a gap: submit the same again then, only what is missing is computed.
# Options for sbatch go into SBATCH_OPTIONS ("--partition=long --time=12:00:00 --mem=2G").
# The program is the one that RATHAUS names, else the one in build/release, build/dev or the path. Prints the
# number of the merge job.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
usage() { sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0" >&2; exit 1; }

shards= output=
while getopts n:o: option; do
  case $option in
    n) shards=$OPTARG ;;
    o) output=$OPTARG ;;
    *) usage ;;
  esac
done
shift $((OPTIND - 1))
[[ $shards =~ ^[1-9][0-9]*$ && -n $output && $# -ge 1 ]] || usage

RATHAUS=$("$root/scripts/program.sh")
export RATHAUS
"$RATHAUS" check "$@" >/dev/null   # wrong input is found here, not in every task

read -r -a options <<<"${SBATCH_OPTIONS:-}"
array=$(sbatch --parsable --job-name=rathaus --array="1-$shards" --requeue --ntasks=1 \
  ${options[@]+"${options[@]}"} "$here/shard.sh" "$shards" "$output" "$@")
sbatch --parsable --job-name=rathaus-merge --dependency="afterany:$array" --ntasks=1 \
  ${options[@]+"${options[@]}"} "$here/merge.sh" "$shards" "$output"
