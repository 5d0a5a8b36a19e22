"""An experiment: a file or a dict, changed as `--set` changes it, checked and run by the program."""

from __future__ import annotations

import copy
import json
import os
import signal
import subprocess
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from rathaus import toml
from rathaus.errors import Error, InputError, Interrupted, options_as_arguments, raised
from rathaus.executable import ask, program
from rathaus.progress import Progress, line_of, reading
from rathaus.result import Result
from rathaus.safe_output import Outputs

@dataclass(frozen=True)
class Doubt:
    """What is not known in a study, and what that costs, as `rathaus check` tells it.

    kind: "shipped" (with the model), "own" (the experiment's), "none" (one vector: chance alone) or "not shipped" (the
    same, since the model has none for the theory). numbers: paths of the uncertain numbers. runs: at most, where
    replicates are stopped by a target. seconds: on this machine with all its processors [s].
    """

    kind: str
    points: int
    numbers: tuple[str, ...]
    theories: tuple[str, ...]
    replicates: int
    runs: int
    seconds: float


# Keys that hold paths. In a dict they count from the working directory, as those of `--set` do.
PATHS = (("model",), ("population", "file"), ("population", "adjacency"), ("design", "file"),
         ("uncertain", "ensemble"))


# Tables whose own tables have names that the user gives: [programme.advice], [scenario.flat].
OF_NAMES = ("programme", "scenario")
# Keys that are a word or a table: one takes the place of the other.
WORD_OR_TABLE = ("doubt",)


def changes(tables: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[str]:
    """KEY=VALUE for each key of each table; the value of a key is replaced whole, even where it is a table itself.
    At the top keys may be dotted: {"parameters.lock_rate": 0.04}."""
    for name, thing in tables.items():
        inner = (*path, *(name.split(".") if not path else [toml.key(name)]))
        if isinstance(thing, Mapping) and inner[0] not in WORD_OR_TABLE and len(inner) <= 1 + (inner[0] in OF_NAMES):
            yield from changes(thing, inner)
        else:
            yield toml.line(inner, thing, f"{'.'.join(inner)}=")


@dataclass(frozen=True)
class Experiment:
    """What is asked of the program: an experiment file or a dict of the same keys (docs/experiments.md).

    An experiment never changes; `set` gives another one.

        study = rathaus.Experiment("own_share.toml").set(doubt="none", replicates={"at_least": 20})
        result = study.run("own_share.h5", progress=True)

    Args:
        source: path of an experiment file, or a dict of its tables. Paths in a dict count from the working
            directory, NumPy's arrays and numbers may stand in it.
        sets: changes as KEY=VALUE; better made by `set`.
        named: the program, as for `rathaus.program`.
    """

    source: str | os.PathLike[str] | Mapping[str, Any]
    sets: tuple[str, ...] = ()
    named: str | os.PathLike[str] | None = None

    def __post_init__(self) -> None:
        if isinstance(self.source, Mapping):
            object.__setattr__(self, "source", copy.deepcopy(dict(self.source)))
        elif not isinstance(self.source, (str, os.PathLike)):
            raise InputError(f"an experiment is a file or a dict ({self.source!r} is neither) name a file such as "
                             "'experiments/own_share.toml', or give a dict of its tables")

    def set(self, tables: Mapping[str, Any] | None = None, /, **more: Any) -> Experiment:
        """Another experiment with some values changed, as `--set KEY=VALUE` changes them.

            study.set(replicates={"at_least": 20}, time={"quarters": 40})
            study.set({"parameters.lock_rate": 0.04})
            study.set(doubt={"points": 24}), study.set({"doubt.points": 24})    # the first drops what else [doubt] says
            study.set(uncertain={"programme.advice.ports.coop": "range"}, design={"method": "sobol", "points": 64})
        """
        if tables is not None and not isinstance(tables, Mapping):
            raise InputError(f"set({tables!r}) says no key and value (a dict or keywords do) "
                             'write set({"replicates.at_least": 20}) or set(replicates={"at_least": 20})')
        return replace(self, sets=(*self.sets, *changes(tables or {}), *changes(more)))

    def check(self) -> str:
        """What `rathaus check` says: is it valid, how many runs, how long, how large.

        Raises:
            InputError: every mistake at once, with file, line, column and suggestion.
        """
        return self._asked("check")

    def doubt(self) -> Doubt:
        """What is not known in this study, before anything is run: points, numbers, runs and seconds.

        `set(doubt="none")`, `set(doubt={"points": 48})` and `set(uncertain=…, design=…)` change it.
        """
        told = json.loads(self._asked("check", "--format", "json"))
        doubt = told["doubt"]
        return Doubt(doubt["kind"], doubt["points"], tuple(doubt["numbers"]), tuple(doubt["theories"]), doubt["replicates"],
                     told["runs"], told["seconds"])

    def explain(self) -> str:
        """The resolved experiment as one TOML document, every number with unit, range, grade and source."""
        return self._asked("explain")

    def resolved(self) -> dict[str, Any]:
        """`explain` as a dict."""
        return tomllib.loads(self.explain())

    def design(self) -> Any:
        """The points of the design, before anything is run.

        Returns:
            pandas.DataFrame: a row for each point (index `point`), a column for each uncertain number under its path, in its unit.
            Where each rival theory has an ensemble of its own, a row for each theory and point (index `theory`, `point`).
        """
        import pandas
        with tempfile.TemporaryDirectory() as folder:
            points = Path(folder) / "points.csv"
            self._asked("check", "--design", points)
            table = pandas.read_csv(points)
            return table.set_index(["theory", "point"] if "theory" in table else "point")

    def run(self, output: str | os.PathLike[str], *, progress: bool | Callable[[Progress], None] = False,
            threads: int | None = None, force: bool = False, resume: bool = False) -> Result:
        """Runs the experiment and opens its result.

        Ctrl-C ends it as it ends the program: what is in flight is finished and kept, `Interrupted` is raised, and
        `resume=True` goes on.

        Args:
            output: the result file.
            progress: True shows a line of runs done, runs a second and time left; a function is called with a
                `Progress` some times a second.
            threads: one per core if None.
            force: overwrite an existing result.
            resume: go on where an earlier process stopped; give back a result that is whole already.

        Raises:
            InputError: the experiment is wrong, or the output exists.
            RunFailed: cases failed.
            Interrupted: Ctrl-C.
        """
        options = ["-o", os.fspath(output)]
        options += ["--threads", str(threads)] if threads else []
        options += ["--force"] if force else []
        options += ["--resume"] if resume else []
        if not isinstance(progress, bool) and not callable(progress):
            raise InputError(f"progress = {progress!r} shows nothing (True shows a line, a function is called) say one of both")
        told = line_of() if progress is True else progress or None
        with self._file() as file:
            command = [program(self.named), "run", file, *options, *self._set_options(), "--diagnostics", "json"]
            with self._places_of(file), options_as_arguments():
                _follow(command, told)
        return Result(output, named=self.named)

    def write(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Writes the experiment with its changes as a file that stands alone (`rathaus explain`). An existing file
        is overwritten with `force` alone."""
        text = self.explain()
        with options_as_arguments():
            Outputs(force=force).write(path, text)

    def _asked(self, command: str, *options: object) -> str:
        with self._file() as file, self._places_of(file), options_as_arguments():
            said = ask(command, file, *options, *self._set_options(), named=self.named)
            return said.replace(file, "the experiment") if isinstance(self.source, Mapping) else said

    def _set_options(self) -> list[str]:
        return [word for change in self.sets for word in ("--set", change)]

    @contextmanager
    def _file(self) -> Iterator[str]:
        """The experiment file; that of a dict lives as long as it is needed."""
        if not isinstance(self.source, Mapping):
            yield os.fspath(self.source)
            return
        with tempfile.TemporaryDirectory(prefix="rathaus-") as folder:
            path = Path(folder) / "experiment.toml"
            path.write_text(toml.document(_with_whole_paths(self.source)), encoding="utf-8")
            yield str(path)

    @contextmanager
    def _places_of(self, file: str) -> Iterator[None]:
        """Errors in the file of a dict are told without its name, which is gone when they are read."""
        try:
            yield
        except Error as error:
            if isinstance(self.source, Mapping):
                own = [replace(told, file=None, line=None, column=None) if told.file == file else told
                       for told in error.diagnostics]
                raise type(error)(*own) from None
            raise


def _with_whole_paths(tables: Mapping[str, Any]) -> dict[str, Any]:
    whole = copy.deepcopy(dict(tables))
    for path in PATHS:
        table: Any = whole
        for name in path[:-1]:
            table = table.get(name)
            if not isinstance(table, dict):
                break
        else:
            named = table.get(path[-1])
            # the name of an installed model is no path
            if isinstance(named, (str, os.PathLike)) and (path != ("model",) or Path(named).is_dir()):
                table[path[-1]] = os.path.abspath(named)
            elif path == ("uncertain", "ensemble") and isinstance(named, (list, tuple)):
                table[path[-1]] = [os.path.abspath(file) for file in named]
    return whole


def _follow(command: list[str], told: Callable[[Progress], None] | None) -> None:
    """Runs the program to its end and hands its progress on. In a session of its own, so that Ctrl-C reaches it once
    and from here: a second one would end it before it has kept what is done."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as rest:
        try:
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                       start_new_session=True)
        except OSError as problem:
            raise Error(f"does not start ({problem.strerror}) set RATHAUS=/path/to/rathaus", file=command[0]) from problem
        with process:
            try:
                _read(process, rest, told)
            except BaseException as reason:
                process.send_signal(signal.SIGINT)
                _read(process, rest, None)
                if not isinstance(reason, KeyboardInterrupt):
                    raise
                raise _interrupted(process.wait(), rest) from None
            if status := process.wait():
                rest.seek(0)
                raise raised(status, rest.read())


def _read(process: subprocess.Popen[str], rest: IO[str], told: Callable[[Progress], None] | None) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if (now := reading(line)) is None:
            rest.write(line)
        elif told:
            told(now)


def _interrupted(status: int, rest: IO[str]) -> Error:
    """Ctrl-C may come before the program listens, or after it is done."""
    rest.seek(0)
    text = rest.read()
    if status == 1:
        return raised(status, text)
    words = [line for line in text.splitlines() if line.startswith("interrupted")]
    return Interrupted(words[-1] if words else "interrupted: run(resume=True) goes on")

