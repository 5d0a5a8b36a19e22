"""`python3 -m rathaus COMMAND …`: what `rathaus COMMAND …` starts for the commands that are written in Python."""

import importlib
import os
import sys

from rathaus.packages import lacking, sentence
from rathaus.safe_output import ending, tell

# command: (its module, what it imports beyond the standard library)
COMMANDS = {
    "report": ("rathaus.report.command", ("numpy", "scipy", "h5py", "matplotlib", "jinja2")),
    "verify": ("rathaus.verification.command", ("numpy", "scipy", "h5py")),
    "import-register": ("rathaus.register.command", ()),
    "survives": ("rathaus.survives", ("numpy", "h5py")),
}


def main() -> int:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in COMMANDS:
        tell(f"error: there is no command '{name}' (known: {', '.join(COMMANDS)})")
        return 1
    module, packages = COMMANDS[name]
    # Debian's Python has Debian's packages wherever another one stands first in the path.
    other = os.environ.pop("RATHAUS_OTHER_PYTHON", None)
    if missing := lacking(packages):
        if other and os.path.realpath(other) != os.path.realpath(sys.executable) and os.access(other, os.X_OK):
            os.execv(other, [other, "-m", "rathaus", *sys.argv[1:]])
        tell(f"error: {sentence(f'rathaus {name}', missing)}")
        return 1
    sys.argv = [f"rathaus {name}", *sys.argv[2:]]
    try:
        return importlib.import_module(module).main()
    except KeyboardInterrupt:
        return 3


if __name__ == "__main__":
    sys.exit(ending(main))
