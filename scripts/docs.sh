#!/usr/bin/env bash
# docs.sh [FOLDER]: builds the documentation site into FOLDER (build/site): pages, Python and C++ reference, with a
# search that needs no server. A link that leads nowhere is an error.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
site=${1:-build/site}

say "packages"
install_missing "${docs_packages[@]}"

say "pages"
staged=$(mktemp -d)
trap 'rm -rf "$staged"' EXIT
# The pages keep their places, so that their links lead where they lead in the repository.
git ls-files -z --cached --others --exclude-standard -- '*.md' '*.toml' '*.py' '*.sh' '*.svg' '*.png' '*.h' '*.csv' '*.cff' '*.ipynb' '*.Rmd' '*.txt' \
  LICENSE scripts | xargs -0 cp --parents -t "$staged"
cp docs/site/*.md "$staged/"
mkdir -p "$staged/static"
cp -rL /usr/share/javascript/katex "$staged/static/katex"
cp docs/site/formulas.js "$staged/static/"
mkdir -p "$site"
PYTHONPATH=python RATHAUS_SITE_STATIC="$staged/static" \
  /usr/bin/python3 -m sphinx -q -W --keep-going -b html -c docs/site "$staged" "$site"

say "C++ headers"
{ cat docs/site/Doxyfile; echo "OUTPUT_DIRECTORY = $site"; } | doxygen - >/dev/null
echo "$site/index.html"
