"""What a command answers: data on standard output, as a table for people or as JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congdoan_desktop.domain.records import plain

_NOTHING = "–"
_GAP = "  "
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, or a line of a list of facts. `limit` cuts long text on the screen, never in JSON; a year is
    a number that is not `grouped`.
    """

    key: str
    title: str
    limit: int = 60
    grouped: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """A list inside an object, shown as a table under its title."""

    key: str
    title: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` is one object or a list of objects, whose keys `--json` prints and never change; `columns` says what of
    them people see, `parts` which lists inside an object follow as tables. `message` goes to standard error.
    """

    data: Mapping[str, Any] | Sequence[Mapping[str, Any]]
    columns: tuple[Column, ...] = ()
    message: str = ""
    parts: tuple[Part, ...] = ()

    def text(self) -> str:
        if not isinstance(self.data, Mapping):
            return _table(self.data, self.columns)
        facts = _facts(self.data, self.columns)
        tables = [f"{part.title}\n{_table(rows, part.columns)}" for part in self.parts if (rows := self.data[part.key])]
        return "\n\n".join(block for block in (facts, *tables) if block)

    def json(self) -> str:
        return json.dumps(_ready(self.data), ensure_ascii=False, indent=2)


def shown(value: object) -> str:
    """A value as officers write it: dates as dd/mm/yyyy, moments with hour and minute, thousands with dots."""
    if value is None or value == "":
        return _NOTHING
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    if isinstance(value, tuple | list):
        return ", ".join(shown(item) for item in value) or _NOTHING
    text = " ".join(str(value).split())
    return f"{datetime.fromisoformat(text):%d/%m/%Y %H:%M}" if _MOMENT.fullmatch(text) else text


def short(id_: str) -> str:
    """The ending of an id that tables show, and that commands take in place of the whole."""
    return id_[-8:]


def _facts(data: Mapping[str, Any], columns: tuple[Column, ...]) -> str:
    width = max((len(column.title) for column in columns), default=0)
    return "\n".join(f"{column.title:<{width}}{_GAP}{shown(data[column.key])}" for column in columns)


def _table(rows: Sequence[Mapping[str, Any]], columns: tuple[Column, ...]) -> str:
    if not rows:
        return ""
    cells = [[_cut(_cell(row, column), column.limit) for column in columns] for row in rows]
    widths = [max(len(column.title), *(len(line[at]) for line in cells)) for at, column in enumerate(columns)]
    marks = [">" if all(_is_number(row[column.key]) for row in rows) else "<" for column in columns]
    lines = [[column.title for column in columns], ["─" * width for width in widths], *cells]
    return "\n".join(_line(line, widths, marks) for line in lines)


def _line(cells: list[str], widths: list[int], marks: list[str]) -> str:
    padded = (f"{cell:{mark}{width}}" for cell, width, mark in zip(cells, widths, marks, strict=True))
    return _GAP.join(padded).rstrip()


def _cell(row: Mapping[str, Any], column: Column) -> str:
    value = row[column.key]
    if column.key == "id":
        return short(value)
    return shown(value) if column.grouped else str(value or _NOTHING)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool))


def _ready(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _ready(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_ready(item) for item in value]
    return plain(value)
