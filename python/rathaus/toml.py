"""A nested dict as TOML; the standard library reads it and does not write it."""

from __future__ import annotations

import datetime
import json
import math
import re
from collections.abc import Iterable, Mapping
from os import PathLike, fspath
from typing import Any

BARE = re.compile(r"[A-Za-z0-9_-]+")


def key(name: str) -> str:
    """A key as it is written; with quotes where it needs them, as paths of uncertain numbers do."""
    return name if BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def value(thing: Any) -> str:
    """A value on one line: text, numbers, truth values, dates, sequences, arrays of NumPy, tables."""
    if hasattr(thing, "tolist"):        # NumPy's scalars and arrays
        thing = thing.tolist()
    if isinstance(thing, bool):
        return "true" if thing else "false"
    if isinstance(thing, int):
        return str(thing)
    if isinstance(thing, float):
        return repr(thing) if math.isfinite(thing) else str(thing)
    if isinstance(thing, PathLike):
        thing = fspath(thing)
    if isinstance(thing, str):          # TOML escapes as JSON does, and DEL, too
        return json.dumps(thing, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(thing, (datetime.date, datetime.datetime, datetime.time)):
        return thing.isoformat()
    if isinstance(thing, Mapping):
        return "{ " + ", ".join(f"{key(str(k))} = {value(v)}" for k, v in thing.items()) + " }" if thing else "{}"
    if isinstance(thing, Iterable):
        return "[" + ", ".join(map(value, thing)) + "]"
    raise TypeError(f"{thing!r} cannot be written as TOML ({type(thing).__name__}) give a text, a number, a list or a dict")


def document(tables: Mapping[str, Any]) -> str:
    """A document that `tomllib` reads back as `tables`: values first, then one table under its head each."""
    return "\n".join(_lines(tables, ())) + "\n"


def _lines(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterable[str]:
    inner = {name: thing for name, thing in table.items() if isinstance(thing, Mapping) and len(path) < 2}
    for name, thing in table.items():
        if name not in inner:
            yield f"{key(name)} = {value(thing)}"
    for name, thing in inner.items():
        head = (*path, key(name))
        yield f"\n[{'.'.join(head)}]"
        yield from _lines(thing, head)
