"""Tables whose cells were pasted one under another: a line for each cell, rows told by their running number (D26)."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FIRST_HEAD = re.compile(r"\W*(?:TT|STT|Số TT)\W*", re.IGNORECASE)
_FEWEST, _MOST = 3, 9
_LONGEST_HEAD = 80


def stacked_rows(lines: Sequence[str]) -> list[tuple[int, ...]]:
    """Rows of cells as indexes of lines, heads first. A row with an empty cell ends its table."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    rows: list[tuple[int, ...]] = []
    place = 0
    while place < len(filled):
        width = _width(lines, filled, place) if _FIRST_HEAD.fullmatch(lines[filled[place]]) else 0
        if width:
            table = _table(lines, filled, place, width)
            rows.extend(table)
            place += width * len(table)
        place += 1
    return rows


def _width(lines: Sequence[str], filled: Sequence[int], place: int) -> int:
    """How many heads stand in front of the first number, 0 when this is no table."""
    for width in range(_FEWEST, _MOST):
        if place + width >= len(filled):
            return 0
        cell = lines[filled[place + width]].strip()
        if _number(cell) == 1:
            return width
        if len(cell) > _LONGEST_HEAD:
            return 0
    return 0


def _table(lines: Sequence[str], filled: Sequence[int], place: int, width: int) -> list[tuple[int, ...]]:
    rows = [tuple(filled[place : place + width])]
    at = place + width
    while at + width <= len(filled) and _number(lines[filled[at]].strip()) == len(rows):
        rows.append(tuple(filled[at : at + width]))
        at += width
    return rows


def _number(cell: str) -> int | None:
    bare = cell.rstrip(".")
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) <= 3 else None
