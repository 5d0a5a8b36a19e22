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
