#!/usr/bin/env bash
# Opens a result of the program itself, panel and all groupings included, with every reader.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/real.toml" <<'TOML'
title = "readers"
model = "germany"
[population]
units = 80
[time]
quarters = 24
[replicates]
at_least = 3
[output]
groups = ["land", "fiscal_class"]
panel = { replicates = [0, 2], every = 4 }
TOML
"$RATHAUS" run "$work/real.toml" -o "$work/real.h5" --quiet
bash "$RATHAUS_SOURCE/tests/readers/readers_test.sh" "$work/real.h5" --real
