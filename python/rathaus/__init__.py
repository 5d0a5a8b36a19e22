"""Rathaus in Python: experiments as files or dicts, results with names, dates and units, the program behind both.

A study in a few lines::

    import rathaus
    study = rathaus.Experiment("own_share.toml").set(doubt="none", replicates={"at_least": 20})
    result = study.run("own_share.h5", progress=True)
    result.gain("adopters", by="size_class").sel(time="2035").to_dataframe()

Names are loaded when they are used first, so that a Python without the packages can say which it lacks.
"""

from __future__ import annotations

import importlib
from os import PathLike
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rathaus.errors import Diagnostic, Error, InputError, Interrupted, ProgramNotFound, RunFailed
    from rathaus.executable import program
    from rathaus.experiment import Doubt, Experiment
    from rathaus.gains import interval
    from rathaus.progress import Progress
    from rathaus.result import Result
    from rathaus.table import metrics

_HOMES = {"Diagnostic": "errors", "Error": "errors", "InputError": "errors", "Interrupted": "errors",
          "ProgramNotFound": "errors", "RunFailed": "errors", "program": "executable", "Doubt": "experiment",
          "Experiment": "experiment",
          "interval": "gains", "metrics": "table", "Progress": "progress", "Result": "result"}
__all__ = ["Diagnostic", "Doubt", "Error", "Experiment", "InputError", "Interrupted", "ProgramNotFound", "Progress", "Result",
           "RunFailed", "interval", "metrics", "open", "program"]
__version__ = "0.1.0"


def open(path: str | PathLike[str], named: str | PathLike[str] | None = None) -> Result:
    """Opens a result file.

    Args:
        path: what `rathaus run` wrote.
        named: the program, as for `rathaus.program`.

    Raises:
        InputError: it is no result file, a posterior, or of a newer format.
    """
    result: Result = __getattr__("Result")(path, named)
    return result


def __dir__() -> list[str]:
    return __all__


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'rathaus' has no attribute '{name}'")
    from rathaus.packages import lacking, sentence
    if missing := lacking(("numpy", "pandas", "xarray", "h5py")):
        raise ImportError(sentence("rathaus", missing, "start another Python, such as Debian's /usr/bin/python3"))
    return getattr(importlib.import_module(f"rathaus.{_HOMES[name]}"), name)
