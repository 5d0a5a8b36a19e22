"""What pages and tables call scenarios and programmes: the labels of the experiment, else their names."""

from __future__ import annotations

from typing import Any


def labels(resolved: dict[str, Any], kind: str, language: str) -> dict[str, str]:
    """{name: label} of those that have one.

    Args:
        resolved: the experiment with every default, `Result.resolved`.
        kind: "scenario" or "programme".
        language: "en" or "de".
    """
    found = {}
    for name, settings in resolved.get(kind, {}).items():
        label = settings.get("label")
        text = label.get(language) if isinstance(label, dict) else label
        if text:
            found[name] = str(text)
    return found
