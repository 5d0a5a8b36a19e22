#!/usr/bin/python3
"""Makes models/japan/use_cases.toml: Germany's services, available since the start of the Japanese run.

    scripts/japan/use_cases.py models/germany/use_cases.toml > models/japan/use_cases.toml

The only table of models/japan that is a copy. Rows without `available_from` are available from 2021-Q1,
and no experiment can move that; the Japanese series begins earlier. No other key is touched.
"""

import sys
from pathlib import Path

HEAD = """# Made by scripts/japan/use_cases.py from models/germany/use_cases.toml; only available_from is
# added.
#
"""
FIRST = "2016-Q1"    # time.start of models/japan/census.toml


def with_start(german):
    """The text of the table, with a first quarter in every row."""
    row = "[[use_case]]\n"
    return HEAD + german.replace(row, f'{row}available_from               = "{FIRST}"\n')


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.stdout.write(with_start(Path(sys.argv[1]).read_text(encoding="utf-8")))
