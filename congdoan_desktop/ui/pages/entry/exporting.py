"""The rows of a table in the form in which they go into a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from congdoan_desktop.domain.text import search_key
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import sheet_export
from congdoan_desktop.services.sheet_export import Kind, Listed
from congdoan_desktop.ui.choosing import choose_target
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.columns import Column, read
from congdoan_desktop.ui.kit.page import PageFrame
from congdoan_desktop.ui.kit.table import TableView

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

_KINDS: Mapping[str, Kind] = {"number": "int", "money": "money", "strong": "int", "date": "date"}


def button(on_click: Callable[[], None]) -> Button:
    """With which a page gives its list away."""
    made = Button("Xuất tệp Excel (Ctrl+E)", "download-simple", "icon", on_click=on_click)
    made.setObjectName("export")
    return made


def ask(page: PageFrame, title: str, today: date, then: Callable[[Path], None]) -> None:
    """Ask where the list goes."""
    proposed = Path.home() / f"{search_key(title).replace(' ', '-')}-{today:%Y%m%d}.xlsx"
    choose_target(page, "Xuất tệp Excel", "Excel (*.xlsx)", proposed, then)


def save(
    page: PageFrame,
    context: Context,
    title: str,
    table: TableView,
    rows: Callable[[Office], Iterable[object]],
    path: Path,
) -> None:
    """Write the rows with the columns in sight; `rows` are read on the database thread."""
    columns, office = table.columns_in_sight(), context.office

    def write(progress: Progress) -> int:
        return sheet_export.save(office(), path, listed(title, columns, rows(office())), progress)

    context.runner.run(
        write,
        done=lambda count: page.banner.show_text("ok", f"Đã xuất {count} dòng ra {path.name}."),
        failed=page.banner.show_error,
        title="Đang xuất tệp Excel",
        with_progress=True,
    )


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
    first = next((cell for row in rows if (cell := _cell(column, row)) is not None), None)
    return "date" if isinstance(first, date) else "text"


def _cell(column: Column, row: object) -> object:
    sorted_by = read(row, column.sort) if column.sort else None
    value = column.value(row)
    if isinstance(sorted_by, date):
        return sorted_by
    if column.show is None and (value is None or isinstance(value, (int, date))):
        return value
    return column.text(row) if value not in (None, "") else None
