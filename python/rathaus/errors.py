"""What can go wrong, one class each; all are `rathaus.Error`, so that one `except` catches them."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Diagnostic:
    """One finding of the program, in its own words: *problem (why it is one) suggestion*.

    severity: "error", "warning" or "failed". file, line and column tell where; None where unknown.
    suggestion: the part of the message that says what to do, None if there is none.
    """

    severity: str
    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    suggestion: str | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{place}: {self.message}" if place else self.message


def suggested(message: str) -> str | None:
    """What a message suggests, by the rule of the program (src/diagnostics): its end after the reason, or a reason
    that helps."""
    if not message.endswith(")"):
        return message.rpartition(") ")[2] if ") " in message else None
    inner = message[message.rfind("(") + 1:-1]
    return inner if inner.startswith(("did you mean ", "known: ", "see ")) else None


class Error(Exception):
    """Whatever Rathaus refuses or cannot do. `diagnostics` has every finding with its place.

    Args:
        told: the findings, or their messages.
    """

    severity, status = "error", 1       # of what is told as text; exit status of a command

    def __init__(self, *told: str | Diagnostic) -> None:
        self.diagnostics = [Diagnostic(self.severity, one, suggestion=suggested(one)) if isinstance(one, str) else one
                            for one in told]
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
        return Diagnostic(told["severity"], told["message"], told["file"], told["line"], told["column"],
                          told["suggestion"])
    except (ValueError, KeyError):
        return None


def told(found: Diagnostic, as_json: bool) -> str:
    """A finding as the program tells it on standard error: a line of text, or an object (--diagnostics json)."""
    if not as_json:
        return f"{found.severity}: {found}"
    order = ("severity", "file", "line", "column", "message", "suggestion")
    return json.dumps({name: getattr(found, name) for name in order}, ensure_ascii=False)


def raised(status: int, stderr: str) -> Error:
    """The exception for an exit status and what the program wrote to standard error."""
    found = [told for line in stderr.splitlines() if (told := finding(line)) and told.severity != "warning"]
    if not found:
        words = [line for line in stderr.splitlines() if line and not line.startswith("{")]
        found = [Diagnostic("failed", "\n".join(words) or f"the program ended with status {status} without a word")]
    kind = {1: InputError, 2: RunFailed, 3: Interrupted}.get(status, RunFailed)
    return kind(*found)
