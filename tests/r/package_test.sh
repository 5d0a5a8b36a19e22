#!/usr/bin/env bash
# The R package as its users get it: built, checked without a warning, its tests and its vignette run with the
# real program, and installed.
set -euo pipefail
command -v R >/dev/null || { echo "skipped: R is not installed"; exit 77; }
export RATHAUS_REQUIRED=1 _R_CHECK_FORCE_SUGGESTS_=true NOT_CRAN=true
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
R CMD build "$RATHAUS_SOURCE/r" >build.log 2>&1 || { cat build.log; exit 1; }
R CMD check --no-manual rathaus_*.tar.gz >check.log 2>&1 || { cat check.log; cat rathaus.Rcheck/tests/*.fail; exit 1; }
grep -q '^Status: OK$' check.log || { cat check.log; exit 1; }
mkdir library
R CMD INSTALL --library=library rathaus_*.tar.gz >install.log 2>&1 || { cat install.log; exit 1; }
R_LIBS="$work/library" Rscript -e 'library(rathaus); stopifnot(nzchar(rathaus_program()))'
echo "R CMD check: $(grep -c ' OK$' check.log) checks OK"
