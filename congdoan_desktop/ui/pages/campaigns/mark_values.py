"""Marks as officers type them, whole or with a decimal comma, and as a plan keeps them: whole numbers and decimals."""

from __future__ import annotations

from decimal import Decimal

from congdoan_desktop.domain.money import group_thousands, parse_count
from congdoan_desktop.ui.pages.entry.values import number

_MOST_DECIMALS = 3


def read_mark(typed: str) -> int | Decimal:
    """A whole number, or one with a decimal comma: "97,5". Raises: NotANumber."""
    whole, comma, rest = typed.partition(",")
    if comma and rest.isascii() and rest.isdigit() and len(rest) <= _MOST_DECIMALS:
        return Decimal(f"{parse_count(whole)}.{rest}")
    return parse_count(typed)


def written_mark(value: object) -> str:
    if isinstance(value, int):
        return group_thousands(value)
    whole, _, rest = str(value).partition(".")
    return f"{group_thousands(int(whole))},{rest}"


def exact(value: object) -> tuple[int, int]:
    """The mark in units of 10 to the power of minus its decimals, and these."""
    if not isinstance(value, Decimal):
        return number(value), 0
    decimals = max(-int(value.as_tuple().exponent), 0)
    return int(value.scaleb(decimals)), decimals
