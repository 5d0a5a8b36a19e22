#!/usr/bin/python3
"""Has become `rathaus survives`; this forwards to it."""

import os
import sys
from pathlib import Path

PACKAGE = str(Path(__file__).resolve().parent.parent / "python")
os.execve(sys.executable, [sys.executable, "-m", "rathaus", "survives", *sys.argv[1:]],
          os.environ | {"PYTHONPATH": PACKAGE, "PYTHONDONTWRITEBYTECODE": "1"})
