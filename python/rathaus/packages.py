"""Which Python packages are missing, and how to get them. Imports nothing beyond the standard library."""

import importlib.util
import sys
from collections.abc import Iterable

OLDEST = (3, 11)


def lacking(names: Iterable[str]) -> list[str]:
    """Those of `names` that this Python has not; "python" first if it is too old itself."""
    found = [name for name in names if importlib.util.find_spec(name) is None]
    return ["python", *found] if sys.version_info < OLDEST else found


def sentence(what: str, missing: list[str], otherwise: str = "name another Python in RATHAUS_PYTHON") -> str:
    """*problem (why) suggestion* for packages that are missing."""
    if "python" in missing:
        return (f"{what} needs Python {OLDEST[0]}.{OLDEST[1]} or newer ({sys.executable} is "
                f"{sys.version_info[0]}.{sys.version_info[1]}) {otherwise}")
    return (f"{what} needs the Python packages {', '.join(missing)} ({sys.executable} has them not) install them "
            f"(apt install {' '.join(f'python3-{name}' for name in missing)}, or pip install "
            f"{' '.join(missing)}), or {otherwise}")
