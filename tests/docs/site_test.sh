#!/usr/bin/env bash
# The documentation site is built without a broken link, loads nothing from elsewhere, and its search knows the words of
# the model description.
set -euo pipefail
/usr/bin/python3 -c 'import furo, myst_parser, sphinx' 2>/dev/null && command -v doxygen >/dev/null ||
  { echo "skipped: packages of the documentation site are missing"; exit 77; }
site=$(mktemp -d)
trap 'rm -rf "$site"' EXIT
"$RATHAUS_SOURCE/scripts/docs.sh" "$site"

if grep -rnoE '<(script|img|iframe)[^>]*src="(https?:)?//[^"]*"|<link[^>]*rel="(stylesheet|preload)"[^>]*href="(https?:)?//[^"]*"' \
  --include='*.html' "$site"; then
  echo "the site loads something from elsewhere"
  exit 1
fi
for page in README.html docs/tutorial.html docs/python.html docs/r.html models/germany/ODD.html python.html cpp/index.html; do
  [ -s "$site/$page" ] || { echo "$page is missing"; exit 1; }
done
grep -q 'rebound' "$site/searchindex.js"
grep -q 'katex.min.js' "$site/models/germany/ODD.html"
[ -s "$site/_static/katex/katex.min.js" ]
grep -q 'Diagnostics' "$site/cpp/annotated.html"
