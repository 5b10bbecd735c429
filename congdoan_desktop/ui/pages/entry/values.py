"""What the values of a form are, for the type checker and for fields left empty."""

from __future__ import annotations

from datetime import date


def text(value: object) -> str:
    """Empty for an empty field."""
    return "" if value is None else str(value)


def number(value: object) -> int:
    """0 for an empty field."""
    return value if isinstance(value, int) else 0


def day(value: object) -> date:
    """Raises: TypeError when the field holds no day."""
    if not isinstance(value, date):
        raise TypeError(f"no day: {value!r}")
    return value
