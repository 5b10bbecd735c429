"""The rows of a table in the form in which they go into a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from congdoan_desktop.progress import Progress
from congdoan_desktop.services import sheet_export
from congdoan_desktop.services.sheet_export import Kind, Listed
from congdoan_desktop.ui.kit.columns import Column, read
from congdoan_desktop.ui.kit.table import TableView

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

_KINDS: Mapping[str, Kind] = {"number": "int", "money": "money", "strong": "int", "date": "date"}


def writer(
    office: Callable[[], Office],
    title: str,
    table: TableView,
    rows: Callable[[Office], Iterable[object]],
    path: Path,
) -> Callable[[Progress], int]:
    """What writes the rows with the columns in sight, on the database thread; it returns their number."""
    columns = table.columns_in_sight()

    def write(progress: Progress) -> int:
        return sheet_export.save(office(), path, listed(title, columns, rows(office())), progress)

    return write


def listed(title: str, columns: Sequence[Column], rows: Iterable[object]) -> Listed:
    """Columns in sight, with bare figures and real days where the table writes them out."""
    held = list(rows)
    kinds = [_kind(column, held) for column in columns]
    named = tuple((column.title or "Tình trạng", kind) for column, kind in zip(columns, kinds, strict=True))
    return Listed(title, named, [[_cell(column, row) for column in columns] for row in held])


def _kind(column: Column, rows: Sequence[object]) -> Kind:
    """A day that is shown shortened counts as the day that the column is sorted by."""
    if column.show is None and column.kind in _KINDS:
        return _KINDS[column.kind]
    return "date" if any(isinstance(_cell(column, row), date) for row in rows[:1]) else "text"


def _cell(column: Column, row: object) -> object:
    sorted_by = read(row, column.sort) if column.sort else None
    value = column.value(row)
    if isinstance(sorted_by, date):
        return sorted_by
    if column.show is None and (value is None or isinstance(value, (int, date))):
        return value
    return column.text(row) if value not in (None, "") else None
