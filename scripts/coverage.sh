#!/usr/bin/env bash
# Lines of src/model that the worlds compared with the Python reference do not execute.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

build=build/coverage
say "build"
[ -f "$build/build.ninja" ] || cmake --preset coverage >/dev/null
cmake --build "$build" --target rathaus

say "the compared worlds"
find "$build" -name '*.gcda' -delete
RATHAUS="$PWD/$build/rathaus" RATHAUS_SOURCE="$PWD" RATHAUS_BUILD="$PWD/$build" PYTHONPATH="$PWD/models/reference" \
  /usr/bin/python3 tests/reference/agreement_test.py

say "lines of src/model that they do not execute"
# A line of a header is compiled into many objects: it counts as executed if any of them ran it.
find "$build/src" -name '*.gcda' -exec gcov --stdout {} + 2>/dev/null | awk -v model="$PWD/src/model/" '
  { count = $0; sub(/:.*/, "", count); gsub(/ /, "", count)
    rest = substr($0, index($0, ":") + 1); line = rest; sub(/:.*/, "", line); gsub(/ /, "", line)
    text = substr(rest, index(rest, ":") + 1) }
  line == 0 && text ~ /^Source:/ { file = substr(text, 8); ours = index(file, model) == 1; next }
  !ours || line !~ /^[0-9]+$/ || count == "-" { next }
  { place = substr(file, length(model) + 1) ":" line; code[place] = text
    if (count ~ /^[0-9]/) ran[place] = 1 }
  END {
    for (place in code) {
      lines++
      if (place in ran) executed++
      else printf "%s:%s\n", place, code[place] | "sort -t: -k1,1 -k2,2n"
    }
    close("sort -t: -k1,1 -k2,2n")
    printf "%d of %d lines executed\n", executed, lines
  }'
