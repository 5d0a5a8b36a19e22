"""A nested dict as TOML; the standard library reads it and does not write it."""

from __future__ import annotations

import datetime
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike, fspath
from typing import Any

from rathaus.errors import InputError

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
    kind = "TOML has no such value" if thing is None else f"it is of type {type(thing).__name__}"
    raise InputError(f"{thing!r} cannot stand in an experiment ({kind}) "
                     + ("leave the key out" if thing is None else "give a text, a number, a list or a dict"))


def line(path: Sequence[str], thing: Any, shown: str) -> str:
    """`shown` and a value; an error names the path of its key."""
    try:
        return shown + value(thing)
    except InputError as error:
        raise InputError(f"{'.'.join(path)}: {error}") from None


def document(tables: Mapping[str, Any]) -> str:
    """A document that `tomllib` reads back as `tables`: values first, then one table under its head each."""
    return "\n".join(_lines(tables, ())) + "\n"


def _lines(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterable[str]:
    # values come before tables, but never out of their order where it tells something: that of uncertain numbers does
    tables = [name for name, thing in table.items() if isinstance(thing, Mapping)]
    inner = {name: table[name] for name in tables if not path or len(path) < 2 and len(tables) == len(table)}
    for name, thing in table.items():
        if name not in inner:
            yield line((*path, key(str(name))), thing, f"{key(str(name))} = ")
    for name, thing in inner.items():
        head = (*path, key(str(name)))
        yield f"\n[{'.'.join(head)}]"
        yield from _lines(thing, head)
