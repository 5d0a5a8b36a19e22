#!/usr/bin/env bash
# Prints the program that scripts use: the one that RATHAUS names, else that of build/release, build/dev or the path.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
if [ -n "${RATHAUS:-}" ]; then
  echo "$RATHAUS"
  exit
fi
for program in "$root/build/release/rathaus" "$root/build/dev/rathaus" "$(command -v rathaus)"; do
  if [ -x "$program" ]; then
    echo "$program"
    exit
  fi
done
echo "error: rathaus: is not there (neither in build/release, build/dev nor in the path)" \
  "build it, or set RATHAUS=/path/to/rathaus" >&2
exit 1
