#!/usr/bin/env bash
# Computes a study as an array job and merges it.
#
#   scripts/slurm/submit.sh -n SHARDS -o FILE.h5 EXPERIMENT.toml [OPTION of rathaus run]...
#
#   scripts/slurm/submit.sh -n 20 -o uncertainty.h5 experiments/uncertainty.toml --set replicates.at_least=200
#
# Every shard is one task. A task that is killed or runs out of disk tries again and goes on where it
# stopped (up to 3 times; RATHAUS_TRIES); a task whose node fails is queued again. The merge starts when all
# have ended and refuses a gap: submit the same again then, only what is missing is computed. It joins only what has
# the fingerprint of the study that was submitted (`rathaus check --fingerprint`). A complete result is left alone;
# more replicates go on with what is there; fewer, and what is of another study, are refused.
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
refuse() { echo "error: $*" >&2; exit 1; }

# Wrong input is found here, not in every task; so are shards of seconds.
fingerprint=$("$RATHAUS" check --fingerprint --shards "$shards" "$@")
if [ -e "$output" ]; then
  found=$("$RATHAUS" info --fingerprint "$output") || exit 1
  if [ "$found" = "$fingerprint" ]; then
    echo "$output is complete already" >&2
    exit
  fi
  [ "${found%-*}" = "${fingerprint%-*}" ] ||
    refuse "$output: is the result of another study (it would be lost) choose another -o, or remove it"
  # behind the dash stands the number of replicates, unless a rule decides it
  if [[ $found == *-* && ${found##*-} -gt ${fingerprint##*-} ]]; then
    refuse "$output: has ${found##*-} replicates, and ${fingerprint##*-} are asked for (the others would be lost)" \
      "choose another -o, or remove it"
  fi
fi
for k in $(seq "$shards"); do
  cases=$output.shards/$k-of-$shards.cases
  [ -e "$cases" ] || continue
  found=$("$RATHAUS" info --fingerprint "$cases") || exit 1
  [ "${found%-*}" = "${fingerprint%-*}" ] ||
    refuse "$cases: holds cases of another study (they would be lost) choose another -o, or remove it"
done
# The last index of an array is one below the site's MaxArraySize.
limit=$(scontrol show config 2>/dev/null | sed -n 's/^MaxArraySize *= *\([0-9][0-9]*\).*/\1/p' || true)
if [ -n "$limit" ] && [ "$shards" -ge "$limit" ]; then
  refuse "-n $shards is more than this cluster takes (MaxArraySize is $limit) use -n $((limit - 1)) or less"
fi

read -r -a options <<<"${SBATCH_OPTIONS:-}"
array=$(sbatch --parsable --job-name=rathaus --array="1-$shards" --requeue --ntasks=1 \
  ${options[@]+"${options[@]}"} "$here/shard.sh" "$shards" "$output" "$@")
sbatch --parsable --job-name=rathaus-merge --dependency="afterany:$array" --ntasks=1 \
  ${options[@]+"${options[@]}"} "$here/merge.sh" "$shards" "$output" "$fingerprint"
