"""What can go wrong, one class each; all are `rathaus.Error`, so that one `except` catches them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Diagnostic:
    """One finding: what is wrong, why it is, what would help, and where.

    severity: "error", "warning" or "failed". file, line and column tell where, the latter two counted from 1; reason and
    suggestion may be unknown, too: None. As one text it reads *problem (reason) suggestion*.
    """

    severity: str
    problem: str
    reason: str | None = None
    suggestion: str | None = None
    file: str | None = None
    line: int | None = None
    column: int | None = None

    @property
    def message(self) -> str:
        """Problem, reason and suggestion as one text."""
        if self.reason is None:
            return self.problem if self.suggestion is None else f"{self.problem} ({self.suggestion})"
        return f"{self.problem} ({self.reason})" + (f" {self.suggestion}" if self.suggestion else "")

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{place}: {self.message}" if place else self.message


def said(text: str, severity: str = "error", *, file: object = None, line: int | None = None,
         column: int | None = None, suggestion: str | None = None) -> Diagnostic:
    """A finding from a message of this package, which reads *problem (reason) suggestion*.

    Args:
        suggestion: one that the text does not hold.
    """
    problem, reason, then = parts(text)
    return Diagnostic(severity, problem, reason, suggestion or then, None if file is None else str(file), line, column)


# What is quoted and what stands in brackets: src/diagnostics/message.cpp says the rule, tests hold both to it.
_QUOTED = re.compile(r"""(?:^|(?<=[ (\[{=,]))(?:'.*?'|"(?:[^"\\]|\\.)*?")(?!\w)""", re.DOTALL)


def parts(text: str) -> tuple[str, str | None, str | None]:
    """Problem, reason and suggestion of a message: the reason stands in the first brackets that follow a blank, close, and
    end the text or are followed by a blank. Brackets in quotes do not count."""
    plain = _QUOTED.sub(lambda quoted: "\0" * len(quoted[0]), text)
    for start in (found.start() + 1 for found in re.finditer(r" \(", plain)):
        depth = 0
        for at in range(start, len(plain)):
            depth += (plain[at] == "(") - (plain[at] == ")")
            if depth == 0:
                break
        if depth:
            break
        if plain[at + 1:at + 2] in ("", " "):
            return text[:start - 1], text[start + 1:at] or None, text[at + 2:] or None
    return text, None, None


class Error(Exception):
    """Whatever Rathaus refuses or cannot do. `diagnostics` has every finding with its place.

    Args:
        told: the findings, or their messages as *problem (reason) suggestion*.
        file, line, column: where; for messages.
        suggestion: one that the messages do not hold.
    """

    severity, status = "error", 1       # of what is told as text; exit status of a command

    def __init__(self, *told: str | Diagnostic, file: object = None, line: int | None = None, column: int | None = None,
                 suggestion: str | None = None) -> None:
        self.diagnostics = [said(one, self.severity, file=file, line=line, column=column, suggestion=suggestion)
                            if isinstance(one, str) else one for one in told]
        super().__init__(*map(str, self.diagnostics))

    def __str__(self) -> str:
        return "\n".join(self.args)

    @property
    def _first(self) -> Diagnostic:
        return self.diagnostics[0] if self.diagnostics else Diagnostic("error", "")

    @property
    def file(self) -> str | None:
        """File of the first finding."""
        return self._first.file

    @property
    def line(self) -> int | None:
        """Line of the first finding, counted from 1."""
        return self._first.line

    @property
    def column(self) -> int | None:
        """Column of the first finding, counted from 1."""
        return self._first.column

    @property
    def problem(self) -> str:
        """What is wrong, of the first finding."""
        return self._first.problem

    @property
    def reason(self) -> str | None:
        """Why it is, of the first finding."""
        return self._first.reason

    @property
    def suggestion(self) -> str | None:
        """What the first finding suggests."""
        return self._first.suggestion


class InputError(Error):
    """Your input is wrong (exit status 1 of the program); every mistake of a file at once."""


class RunFailed(Error):
    """The run failed, or the machine did: no space left, for instance (exit status 2)."""

    severity, status = "failed", 2


class Interrupted(Error):
    """Ctrl-C (exit status 3); what was computed is kept, and `run(resume=True)` goes on."""

    status = 3


class ProgramNotFound(Error):
    """There is no program `rathaus` in any place where it was looked for; the message names them."""


def finding(line: str) -> Diagnostic | None:
    """The finding in a line of the program's standard error; None if it holds none."""
    if not line.startswith("{"):
        return None
    try:
        told = json.loads(line)
        return Diagnostic(told["severity"], told["problem"] or "", told["reason"], told["suggestion"], told["file"],
                          told["line"], told["column"])
    except (ValueError, KeyError):
        return None


def told(found: Diagnostic, as_json: bool) -> str:
    """A finding as the program tells it on standard error: a line of text, or an object (--diagnostics json)."""
    if not as_json:
        return f"{found.severity}: {found}"
    order = ("severity", "file", "line", "column", "problem", "reason", "suggestion", "message")
    return json.dumps({name: getattr(found, name) for name in order}, ensure_ascii=False)


_SWITCH = re.compile(r"--(force|resume)\b")
_OPTION = re.compile(r"--(against|design|indicator|quarter|replicate|run|section|theory|threads|unit)\b")


def _as_argument(text: str | None) -> str | None:
    return text and _OPTION.sub(r"\1", _SWITCH.sub(r"\1=True", text))


@contextmanager
def options_as_arguments() -> Iterator[None]:
    """Errors that name options of the command line name the arguments of this package: --force is force=True."""
    try:
        yield
    except Error as error:
        raise type(error)(*(replace(one, problem=_as_argument(one.problem) or "", reason=_as_argument(one.reason),
                                    suggestion=_as_argument(one.suggestion)) for one in error.diagnostics)) from None


def raised(status: int, stderr: str) -> Error:
    """The exception for an exit status and what the program wrote to standard error."""
    found = [told for line in stderr.splitlines() if (told := finding(line)) and told.severity != "warning"]
    if not found:
        words = [line for line in stderr.splitlines() if line and not line.startswith("{")]
        found = [Diagnostic("failed", "\n".join(words) or f"the program ended with status {status} without a word")]
    kind = {1: InputError, 2: RunFailed, 3: Interrupted}.get(status, RunFailed)
    return kind(*found)
