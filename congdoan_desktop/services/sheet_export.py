"""Any list as shown, as an Excel file: types right, numbers of identity covered unless they were asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Literal

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import upper
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import paper
from congdoan_desktop.services.office import Office

Kind = Literal["text", "int", "money", "date"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list to be written. `columns` are (title, kind); the values of a row fit them, None is an empty cell."""

    title: str
    columns: tuple[tuple[str, Kind], ...]
    rows: Sequence[Sequence[object]]


def save(office: Office, path: Path, listed: Listed, progress: Progress | None = None) -> int:
    """Write the list whole or not at all, under the union's name; the export is logged. Returns the number of rows.

    Raises: AppError when the disk refuses, Cancelled.
    """
    from congdoan_desktop.spreadsheets import writing

    columns = tuple(writing.ListColumn(title, writing.ColumnKind(kind)) for title, kind in listed.columns)
    with office.write(Right.READ) as work:
        own = office.own_unit(work.connection)
        counted = f"Ngày {short_date(office.clock.today())}, {group_thousands(len(listed.rows))} dòng"
        head = (upper(own.name), upper(listed.title), counted)
        sheet = writing.ListSheet(listed.title, columns, _fitting(listed), head, len(listed.rows))
        made = BytesIO()
        writing.write(made, [sheet], progress)
        work.note("export:sheet", f"{len(listed.rows)}")
        paper.write(path, made.getvalue())
    return len(listed.rows)


def _fitting(listed: Listed) -> Iterable[list[object]]:
    """Values that do not have the type of their column are written as text."""
    kinds = [kind for _, kind in listed.columns]
    for row in listed.rows:
        yield [_value(kind, value) for kind, value in zip(kinds, row, strict=True)]


def _value(kind: Kind, value: object) -> object:
    if value is None or value == "":
        return None
    if kind == "date" and isinstance(value, date):
        return value
    if kind in ("int", "money") and isinstance(value, int):
        return value
    return str(value)
