"""`python3 -m rathaus COMMAND …`: what `rathaus COMMAND …` starts for the commands that are written in Python."""

import importlib
import os
import sys

from rathaus.errors import InputError
from rathaus.packages import lacking, sentence
from rathaus.safe_output import ending

DATA = ("numpy", "pandas", "xarray", "h5py")
# command: (its module, what it imports beyond the standard library)
COMMANDS = {
    "report": ("rathaus.report.command", (*DATA, "scipy", "matplotlib", "jinja2")),
    "story": ("rathaus.story", (*DATA, "scipy", "markupsafe")),
    "verify": ("rathaus.verification.command", (*DATA, "scipy")),
    "import-register": ("rathaus.register.command", ()),
    "export": ("rathaus.export", DATA),
    "survives": ("rathaus.survives", DATA),
}


def main() -> int:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in COMMANDS:
        raise InputError(f"there is no command '{name}'", suggestion=f"known: {', '.join(COMMANDS)}")
    module, packages = COMMANDS[name]
    # Debian's Python has Debian's packages wherever another one stands first in the path.
    other = os.environ.pop("RATHAUS_OTHER_PYTHON", None)
    if missing := lacking(packages):
        if other and other != sys.executable and os.access(other, os.X_OK):
            os.execv(other, [other, "-m", "rathaus", *sys.argv[1:]])
        raise InputError(sentence(f"rathaus {name}", missing))
    sys.argv = [f"rathaus {name}", *sys.argv[2:]]
    try:
        return int(importlib.import_module(module).main())
    except ModuleNotFoundError as absent:     # of an option, such as openpyxl of --xlsx
        if (absent.name or "").startswith("rathaus"):
            raise
        raise InputError(sentence(f"rathaus {name}", [absent.name or "?"])) from absent


if __name__ == "__main__":
    sys.exit(ending(main))
