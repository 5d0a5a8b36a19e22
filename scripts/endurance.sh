#!/usr/bin/env bash
# Attacks the program while it works, and prints what became of it: kills, full disks, failing writes, steps of
# memory, pairs of processes on one output. Each study must end whole or with a reason, and resume to one digest.
#
#   scripts/endurance.sh                                       50 kills, 40 sizes, 60 failing writes, 40 steps, 100 pairs
#   scripts/endurance.sh --pairs 500 --seed 7                  only these
#
# Failing writes need build/dev (or RATHAUS_BUILD), which has the tests. Full disks need the right to mount; without it
# limits of file size stand for them.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- --kills 50 --sizes 40 --writes 60 --memory 40 --pairs 100
RATHAUS=$(scripts/program.sh)
export RATHAUS RATHAUS_BUILD=${RATHAUS_BUILD:-$PWD/build/dev}
exec /usr/bin/python3 tests/cli/endurance_test.py "$@"
