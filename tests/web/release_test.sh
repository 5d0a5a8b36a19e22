#!/usr/bin/env bash
# The archives of a release: a program that runs where it is unpacked, with the page beside it, and the page alone.
set -euo pipefail
page=$RATHAUS_SOURCE/build/web/rathaus.html
if [ ! -f "$page" ]; then
  echo "skipped: build/web/rathaus.html is not built (scripts/web.sh builds it)"
  exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for archives in "$work/first" "$work/second"; do
  RATHAUS_ARCHIVES=$archives "$RATHAUS_SOURCE/scripts/release.sh" --as-built "$RATHAUS_BUILD" >/dev/null
done
cmp "$work"/first/*.zip "$work"/second/*.zip
cd "$work/first"
sha256sum --check --quiet rathaus-*.sha256
tar -xzf rathaus-*.tar.gz
cmp rathaus-*/share/rathaus/rathaus.html "$page"
printf 'title = "by name"\nmodel = "germany"\n' >own.toml
rathaus-*/bin/rathaus workbench own.toml -o own.html >/dev/null
grep -q 'title = "by name"' own.html
cmake -E tar xf rathaus-*-workbench.zip
cmp rathaus-*-workbench/rathaus.html "$page"
