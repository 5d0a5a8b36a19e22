"""The program `rathaus`: where it is, and asking it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from rathaus.errors import Error, ProgramNotFound, raised

ROOT = Path(__file__).resolve().parents[2]      # the source tree, or share/rathaus of an installation
BUILDS = ("release", "dev")


def program(named: str | os.PathLike[str] | None = None) -> str:
    """The program to run.

    Looked for in this order: `named`, the variable RATHAUS, `rathaus` in the path, `bin` beside an installed
    package, `build/release` and `build/dev` of the source tree. What is named has to be there; nothing else is
    taken in its place.

    Returns:
        Its path.

    Raises:
        ProgramNotFound: none is there; the message names every place.
    """
    for name, given in (("the argument", named), ("the variable RATHAUS", os.environ.get("RATHAUS"))):
        if given:
            if found := shutil.which(os.fspath(given)):
                return found
            raise ProgramNotFound(f"{os.fspath(given)}: is no program ({name} says so) name the program rathaus")
    if found := shutil.which("rathaus"):
        return found
    places = [ROOT.parent.parent / "bin" / "rathaus", *(ROOT / "build" / build / "rathaus" for build in BUILDS)]
    for place in places:
        if os.access(place, os.X_OK) and place.is_file():
            return str(place)
    tried = ["argument: none", "RATHAUS: not set", f"PATH: no rathaus in {os.environ.get('PATH', '')}",
             *(f"{place}: not there" for place in places)]
    raise ProgramNotFound("rathaus: the program is not there (" + "; ".join(tried) +
                          ") build it, or set RATHAUS=/path/to/rathaus")


def ask(*arguments: object, named: str | os.PathLike[str] | None = None) -> str:
    """Standard output of the program.

    Args:
        arguments: its command line, after its name.
        named: the program, as for `program`.

    Raises:
        InputError, RunFailed, Interrupted: as the program ended, with its own findings.
    """
    command = [program(named), *map(str, arguments), "--diagnostics", "json"]
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError as problem:
        raise Error(f"does not start ({problem.strerror}) set RATHAUS=/path/to/rathaus", file=command[0]) from problem
    if done.returncode:
        raise raised(done.returncode, done.stderr)
    return done.stdout
