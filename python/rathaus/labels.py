"""What pages and tables call a study, its scenarios and programmes: the labels of the experiment, else their names."""

from __future__ import annotations

from typing import Any


def labels(resolved: dict[str, Any], kind: str, language: str) -> dict[str, str]:
    """{name: label} of those that have one.

    Args:
        resolved: the experiment with every default, `Result.resolved`.
        kind: "scenario" or "programme".
        language: "en" or "de".
    """
    told = {name: in_language(settings.get("label"), language) for name, settings in resolved.get(kind, {}).items()}
    return {name: text for name, text in told.items() if text}


def in_language(label: Any, language: str) -> str:
    """One text, or that of the language: "" where there is none."""
    text = label.get(language) if isinstance(label, dict) else label
    return str(text or "")
