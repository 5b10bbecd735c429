"""A workbook that runs straight into the caller's stream, made of the library's own writers.

The library gathers each sheet in a temporary file, which would leave personal data lying about in clear, and stamps
every part with the time of writing. Here a sheet is a part of the archive from its first byte, and no part has a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The first that a ZIP knows; every part has it."""


class Page(WriteOnlyWorksheet):  # type: ignore[misc]  # the library publishes no types
    """A sheet whose rows are finished cells, used again in each row: styling each anew doubles the time."""

    def into(self, part: Any) -> None:
        """Open the sheet on a part of the archive; columns and views are written now."""
        self._writer = _PartWriter(self, out=part)
        self._writer.write_top()

    def _values_to_row(self, values: Iterable[WriteOnlyCell], row_idx: int) -> Iterator[WriteOnlyCell]:
        for cell in values:
            cell.row = row_idx
            yield cell


class _PartWriter(WorksheetWriter):  # type: ignore[misc]  # see above
    def cleanup(self) -> None:
        """There is no temporary file to remove."""


class _Archive(ZipFile):
    def writestr(self, zinfo_or_arcname: Any, data: Any, *_args: Any, **_more: Any) -> None:
        super().writestr(_entry(zinfo_or_arcname), data)

    def write(self, filename: Any, arcname: Any = None, *_args: Any, **_more: Any) -> None:
        """The library brings a finished sheet here, which already stands in the archive."""


def write_pages(stream: BinaryIO, pages: Iterable[tuple[str, Callable[[Page, Any], None]]]) -> None:
    """Write a workbook of pages, each a title and what fills it with `into` and `append`; equal pages, equal bytes."""
    moment = datetime(*_FIRST_MOMENT)  # noqa: DTZ001  # no real moment, and the format has no zone
    workbook = Workbook(write_only=True)
    workbook.properties.creator = "Công đoàn Desktop"
    workbook.properties.created = workbook.properties.modified = moment
    with _Archive(stream, "w", ZIP_DEFLATED) as archive:
        for number, (title, fill) in enumerate(pages, 1):
            page = Page(workbook, title)
            workbook._add_sheet(page)  # noqa: SLF001  # the door by which the library adds sheets of its own class
            place = _entry(f"xl/worksheets/sheet{number}.xml")
            with archive.open(place, "w", force_zip64=True) as part, _ended(page):
                fill(page, part)
        ExcelWriter(workbook, archive).write_data()


@contextmanager
def _ended(page: Page) -> Iterator[None]:
    """The library's writers are ended also when a task was stopped: left alone, they complain when collected."""
    try:
        yield
    except BaseException:
        with suppress(Exception):
            page.close()
        raise
    page.close()


def holding(cell: WriteOnlyCell, value: Any) -> WriteOnlyCell:
    """The same cell with another value of its type."""
    cell._value = value  # noqa: SLF001  # the public setter guesses types, and formulas behind "="
    return cell


def cell(page: Page, column: int, number_format: str, data_type: str) -> WriteOnlyCell:
    """A cell for a column counted from 1. `data_type`: "s" text, "n" number, "d" day."""
    made = WriteOnlyCell(page)
    made.column, made.number_format, made.data_type = column, number_format, data_type
    return made


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _FIRST_MOMENT)
    entry.compress_type = ZIP_DEFLATED
    return entry
