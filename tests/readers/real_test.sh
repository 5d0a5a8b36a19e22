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
[alternatives]
"structure.decision_rule" = ["logit", "threshold"]
[programme.call]
from = "pilot_grant"
window = { first = "2022-Q1", length = 2, every = 4, last = "2026-Q4", announced = 2 }
budget = { per_year = 400_000 }
award = { rule = "fcfs" }
[scenario.none]
baseline = true
programmes = []
[scenario.call]
programmes = ["call"]
[[target]]
indicator = "share_of_adopters"
by = "2026-Q4"
at_least = 0.1
TOML
"$RATHAUS" run "$work/real.toml" -o "$work/real.h5" --quiet
bash "$RATHAUS_SOURCE/tests/readers/readers_test.sh" "$work/real.h5" --real
