"""Lists out as .xlsx: typed cells, a head that stays in view, A4 in print, and the same bytes for the same list.

    writing.write(stream, [ListSheet("Đoàn viên", columns, rows, head=("CÔNG ĐOÀN XÃ ...",))], progress)

Text is always text: what begins with "=", "+", "-" or "@" never becomes a formula, and numbers of identity keep their
zeros.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Any, BinaryIO, TypeAlias

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

from congdoan_desktop.progress import Progress
from congdoan_desktop.spreadsheets.cells import letters, shown
from congdoan_desktop.spreadsheets.streamed import Page, cell, holding, write_pages

_STEPS = 500
_A4 = 9
_EARLIEST = "1900-03-01"
"""Before it, programs disagree about the number of a day; such days are written as text."""
_LONGEST_TEXT = 32_767
_MOST_DIGITS = 10**15
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What spreadsheets take for the code of a letter (ECMA-376, part 1, 22.4.2.4)."""
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_SHEET_TITLE = 31
_CHOICE_ROWS = 5_000
_LONGEST_CHOICES = 250
_LANDSCAPE_FROM = 100
"""Characters over all columns that no longer fit upright."""


class ColumnKind(StrEnum):
    """What a column holds, with the type its values must have; None is an empty cell, a `str` always stays text."""

    TEXT = "text"
    """str"""
    INT = "int"
    """int"""
    MONEY = "money"
    """int, in đồng"""
    DATE = "date"
    """datetime.date"""
    RATIO = "ratio"
    """(numerator, denominator), shown as per cent; an empty cell when the denominator is 0"""
    ANY = "any"
    """Whatever stood in a sheet that was read"""


_Cells: TypeAlias = dict[type, WriteOnlyCell]
_NUMERIC = frozenset({ColumnKind.INT, ColumnKind.MONEY, ColumnKind.RATIO})
_FORMATS = {
    ColumnKind.TEXT: "@", ColumnKind.INT: "#,##0", ColumnKind.MONEY: "#,##0", ColumnKind.DATE: "dd/mm/yyyy",
    ColumnKind.RATIO: "0.0%", ColumnKind.ANY: "General",
}  # fmt: skip
_WIDTHS = {
    ColumnKind.TEXT: 24, ColumnKind.INT: 11, ColumnKind.MONEY: 16, ColumnKind.DATE: 12, ColumnKind.RATIO: 10,
    ColumnKind.ANY: 18,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: its title, kind and width in characters (None: as usual for the kind).

    `choices` are offered in the cells below; `strict`: nothing else may be typed there.
    """

    name: str
    kind: ColumnKind = ColumnKind.TEXT
    width: float | None = None
    choices: tuple[str, ...] = ()
    strict: bool = True

    @property
    def shown_width(self) -> float:
        return self.width if self.width is not None else _WIDTHS[self.kind]


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A list as a sheet; `rows` are walked once. `head` are the lines printed above it, `total` the number of rows."""

    title: str
    columns: tuple[ListColumn, ...]
    rows: Iterable[Sequence[Any]]
    head: tuple[str, ...] = ()
    total: int = 0


def write(stream: BinaryIO, sheets: Sequence[ListSheet], progress: Progress | None = None) -> None:
    """Write the workbook into a stream that can seek; equal lists give equal bytes.

    Raises: Cancelled; what was written by then is no workbook.
    """
    steps = progress or Progress()
    write_pages(stream, [(sheet_title(sheet.title), partial(_write_page, sheet, steps)) for sheet in sheets])


def sheet_title(text: str) -> str:
    """A name that Excel takes for a sheet: at most 31 characters, without brackets, colons and the like."""
    bare = " ".join(_NOT_IN_TITLES.sub(" ", _UNWRITABLE.sub("", text)).split())
    return bare.strip("'")[:_LONGEST_SHEET_TITLE].strip(" '") or "Danh sách"


def writable(text: str) -> str:
    """The text without what no sheet can hold, cut at the longest a cell takes."""
    kept = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:_LONGEST_TEXT]
    return _ESCAPE.sub("_x005F_", kept)


def _write_page(sheet: ListSheet, progress: Progress, page: Page, part: Any) -> None:
    first = len(sheet.head) + 1
    _set_up(page, sheet, first)
    page.into(part)
    last = first
    for last, cells in enumerate(_lines(page, sheet, progress), 1):  # noqa: B007  # the number of the last line
        page.append(cells)
    page.auto_filter.ref = f"A{first}:{letters(max(len(sheet.columns) - 1, 0))}{last}"


def _set_up(page: Page, sheet: ListSheet, first: int) -> None:
    """The look of screen and paper; `first` is the row of the titles, which stays in view and comes on every page."""
    for at, column in enumerate(sheet.columns):
        look = page.column_dimensions[letters(at)]
        look.width = column.shown_width
        look.number_format = _FORMATS[column.kind]
        if column.choices:
            given = f'"{",".join(column.choices)}"'
            assert len(given) <= _LONGEST_CHOICES
            rule = DataValidation("list", given, allow_blank=True, showErrorMessage=column.strict)
            rule.error = "Chọn một giá trị trong danh sách."
            rule.add(f"{letters(at)}{first + 1}:{letters(at)}{first + _CHOICE_ROWS}")
            page.data_validations.append(rule)
    page.freeze_panes = f"A{first + 1}"
    page.print_title_rows = f"{first}:{first}"
    wide = sum(column.shown_width for column in sheet.columns) > _LANDSCAPE_FROM
    page.page_setup.orientation = "landscape" if wide else "portrait"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins.left, page.page_margins.right = 0.6, 0.4
    page.oddFooter.center.text = "&P/&N"


def _lines(page: Page, sheet: ListSheet, progress: Progress) -> Iterator[Iterable[WriteOnlyCell]]:
    """The lines above, the titles, the records."""
    for text in sheet.head:
        yield [_title_cell(page, 1, text, boxed=False)]
    yield [_title_cell(page, at, column.name) for at, column in enumerate(sheet.columns, 1)]
    columns = [_cells(page, at, column.kind) for at, column in enumerate(sheet.columns, 1)]
    for number, row in enumerate(sheet.rows):
        if number % _STEPS == 0:
            progress.step(number, sheet.total, f"Đang ghi “{sheet.title}”")
        yield _filled(columns, row)


def _filled(columns: Sequence[_Cells], row: Sequence[Any]) -> Iterator[WriteOnlyCell]:
    """The cells of one row with their values, none for what is empty."""
    for cells, value in zip(columns, row, strict=False):
        if value is None or value == "":
            continue
        if value.__class__ is str:
            as_it_is = value.isprintable() and "_x" not in value and len(value) <= _LONGEST_TEXT
            yield holding(cells[str], value if as_it_is else writable(value))
            continue
        plain = _plain(value)
        yield holding(cells[plain.__class__], plain)


def _plain(value: Any) -> str | float | date:
    """What is no text as a sheet can keep it: a number, a day; else as text."""
    if isinstance(value, tuple):
        return value[0] / value[1] if value[1] else "–"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value if abs(value) < _MOST_DIGITS else str(value)
    if isinstance(value, date) and value.isoformat() >= _EARLIEST:
        return value
    return writable(shown(value))


def _cells(page: Page, at: int, kind: ColumnKind) -> _Cells:
    """One cell for each type of value, to be used in every row."""
    number = _FORMATS[kind] if kind in _NUMERIC else "General"
    looks = {str: ("@", "s"), int: (number, "n"), float: (number, "n"), date: ("dd/mm/yyyy", "d")}
    looks[datetime] = ("dd/mm/yyyy hh:mm", "d")
    return {type_: cell(page, at, *look) for type_, look in looks.items()}


def _title_cell(page: Page, at: int, text: str, *, boxed: bool = True) -> WriteOnlyCell:
    title = cell(page, at, "@", "s")
    title.font = Font(bold=True)
    if boxed:
        line = Side(style="thin", color="FF9AA5B1")
        title.border = Border(line, line, line, line)
        title.fill = PatternFill("solid", "FFE8EEF5")
        title.alignment = Alignment("center", "center", wrap_text=True)
    return holding(title, writable(text))
