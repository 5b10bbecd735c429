"""Cells and rows as they stand in a sheet: plain values, 1-based row numbers, addresses as Excel shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, TypeAlias


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell without a value that could be trusted: "#REF!" and its like, or a formula that was never calculated."""

    text: str


UNCALCULATED = Fault("công thức chưa tính")
UNREADABLE = Fault("không đọc được")

Value: TypeAlias = str | int | float | bool | datetime | date | time | timedelta | Fault
"""What a cell holds; "" is an empty cell. Formulas count as their last result."""


class Row(NamedTuple):
    """One row: its number as Excel shows it (from 1), and the values from column A on, "" where a cell is empty.

    A tuple, as is all that a list makes of each of its rows.
    """

    number: int
    values: Sequence[Value]

    def at(self, column: int) -> Value:
        """The value of a column counted from 0; "" beyond the end."""
        return self.values[column] if column < len(self.values) else ""

    @property
    def filled(self) -> list[int]:
        """The columns that hold something."""
        return [column for column, value in enumerate(self.values) if value != "" and not is_empty(value)]


def is_empty(value: Value) -> bool:
    return isinstance(value, str) and (not value or value.isspace())


def letters(column: int) -> str:
    """The letters over a column counted from 0: 0 -> "A", 27 -> "AB"."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def column_of(name: str) -> int:
    """The column, from 0, of its letters: "AB" -> 27."""
    column = 0
    for letter in name:
        column = 26 * column + ord(letter) - ord("A") + 1
    return column - 1


def address(row: int, column: int) -> str:
    """As Excel names a cell: (17, 2) -> "C17"."""
    return f"{letters(column)}{row}"


def shown(value: Value) -> str:
    """A value as a person reads it in the sheet, without rounding a number."""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return _shown_date(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Fault):
        return value.text
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _shown_date(value: date) -> str:
    clock = f" {value:%H:%M}" if isinstance(value, datetime) and value.time() != time() else ""
    return f"{value.day:02}/{value.month:02}/{value.year}{clock}"
