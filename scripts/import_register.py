#!/usr/bin/python3
"""Has become `rathaus import-register`; this forwards to it."""

import os
import sys
from pathlib import Path

PACKAGE = str(Path(__file__).resolve().parent.parent / "python")
os.execve(sys.executable, [sys.executable, "-m", "rathaus", "import-register", *sys.argv[1:]],
          os.environ | {"PYTHONPATH": PACKAGE, "PYTHONDONTWRITEBYTECODE": "1"})
