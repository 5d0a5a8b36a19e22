"""`rathaus report` as a user types it."""

import os
import subprocess
from pathlib import Path

SOURCE = Path(os.environ["RATHAUS_SOURCE"])


def make(*arguments, status=0):
    """Runs it and checks its exit status; the answer is what it says on stderr."""
    done = subprocess.run([os.environ["RATHAUS"], "report", *map(str, arguments)],
                          capture_output=True, text=True)
    if done.returncode != status:
        raise AssertionError(f"status {done.returncode}: {done.stderr}")
    return done.stderr
