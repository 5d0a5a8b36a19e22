#!/usr/bin/env bash
# An installed program finds its models and experiments again, wherever it was installed to.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$RATHAUS_BUILD" --prefix "$work/first" >/dev/null
mv "$work/first" "$work/moved"
cd "$work"
moved/bin/rathaus parameters germany | grep compliance_cost_eur >/dev/null
moved/bin/rathaus check moved/share/rathaus/experiments/first_look.toml | grep 'first_look.toml is valid' >/dev/null
printf 'title = "by name"\nmodel = "germany"\n' > named.toml
moved/bin/rathaus run named.toml --set population.units=50 --set time.quarters=8 --quiet --report named.html
grep -q '<h1>by name</h1>' named.html
moved/bin/rathaus info named.h5 --digest | grep -E '^[0-9a-f]{64}$' >/dev/null
if command -v R >/dev/null; then
  mkdir library
  R CMD INSTALL --library=library moved/share/rathaus/r >/dev/null 2>&1
  PATH="$work/moved/bin:$PATH" RATHAUS='' R_LIBS="$work/library" Rscript -e '
    stopifnot(identical(rathaus::rathaus_program(), normalizePath("moved/bin/rathaus")), nrow(rathaus::rathaus_levels("named.h5", "adopters")) > 0)'
fi
